/**
 * TOML 1.0 (with the inline tables of 1.1) and JSON as trees in which each value knows its place.
 * The library that reads our own configuration took 1.3 s for the uv.lock of 500 projects (2.7 MB),
 * most of a command's time; this reader takes a third of it, and knows the place of each value in
 * an array.
 */
@NullMarked
package dev.gatehouse.pins.document;

import org.jspecify.annotations.NullMarked;
