/**
 * Requirement and lock files of every tool: read, checked, written. {@code text} is a file's text
 * and the places in it, {@code document} TOML and JSON with the place of each value, {@code file}
 * what such a file says, {@code reading} how it is read.
 *
 * <p>The files are taken for hostile: each reader is bounded in bytes, depth and count, opens no
 * connection, runs nothing, and refuses with {@link dev.gatehouse.pins.text.PinFileException}
 * alone.
 */
@NullMarked
package dev.gatehouse.pins;

import org.jspecify.annotations.NullMarked;
