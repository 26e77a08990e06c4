/**
 * {@code gatehouse serve}: starts the private index, follows its configuration file, tells a
 * person.
 */
@NullMarked
package dev.gatehouse.cli.serve;

import org.jspecify.annotations.NullMarked;
