/**
 * What {@code gatehouse pin} needs to write a file exact and hash-locked: versions that somebody
 * else settled on, the files of an index, and the form of pylock.toml.
 */
@NullMarked
package dev.gatehouse.pins.write;

import org.jspecify.annotations.NullMarked;
