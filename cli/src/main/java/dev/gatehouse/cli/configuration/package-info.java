/**
 * {@code gatehouse.toml} (TOML 1.0), read: every key that there is, with its default and meaning,
 * and all that can be wrong with a file, each with its line. Used by the commands.
 */
@NullMarked
package dev.gatehouse.cli.configuration;

import org.jspecify.annotations.NullMarked;
