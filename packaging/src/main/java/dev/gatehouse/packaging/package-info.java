/**
 * Python packaging formats as values, pure: nothing here opens a connection, runs code or keeps
 * state. Each package below holds one idea of the PyPA specifications (packaging.python.org, as of
 * August 2026) and may be used by every module.
 *
 * <p>All input is taken for hostile: each parser is bounded in size, count and depth and refuses
 * with {@link dev.gatehouse.packaging.MalformedException} alone.
 */
@NullMarked
package dev.gatehouse.packaging;

import org.jspecify.annotations.NullMarked;
