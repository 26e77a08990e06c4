/**
 * {@code pyproject.toml}: what a project wants of others (PEP 621, PEP 735, PEP 518), and the
 * tables of Poetry, uv and PDM that say more.
 */
@NullMarked
package dev.gatehouse.pins.project;

import org.jspecify.annotations.NullMarked;
