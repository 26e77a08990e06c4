/**
 * Names of projects and patterns over them: PEP 503 (normalisation) and the name format of the core
 * metadata (PEP 508). The gate, the fetch, the cache and the database all use {@link
 * dev.gatehouse.packaging.name.ProjectName}, so that no two spellings of one project are ever taken
 * for two.
 */
@NullMarked
package dev.gatehouse.packaging.name;

import org.jspecify.annotations.NullMarked;
