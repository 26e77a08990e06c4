/** {@code gatehouse check} and {@code gatehouse pin}: requirement and lock files of every tool. */
@NullMarked
package dev.gatehouse.cli.pins;

import org.jspecify.annotations.NullMarked;
