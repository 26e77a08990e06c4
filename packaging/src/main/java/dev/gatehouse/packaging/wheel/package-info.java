/**
 * What is read out of a wheel itself (PEP 427 and "Binary distribution format"). The archive is
 * read by its central directory as installers do it, and strictly: where two readers of ZIP
 * archives have been made to see different files in one wheel (astral-sh/uv pull request 15136), it
 * is refused.
 */
@NullMarked
package dev.gatehouse.packaging.wheel;

import org.jspecify.annotations.NullMarked;
