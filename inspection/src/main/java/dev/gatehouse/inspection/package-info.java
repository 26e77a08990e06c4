/**
 * What an artifact, an environment or an image contains and what of it runs by itself. Nothing that
 * is inspected is ever run, imported or unpacked to disk; whatever could not be read is a problem
 * of the report, never silence. Single-threaded and pure: bytes in, findings out.
 */
@NullMarked
package dev.gatehouse.inspection;

import org.jspecify.annotations.NullMarked;
