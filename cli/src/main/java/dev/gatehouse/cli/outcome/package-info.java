/**
 * How a command ends: its exit code, the file that it writes, and what it says when it could not do
 * its work.
 */
@NullMarked
package dev.gatehouse.cli.outcome;

import org.jspecify.annotations.NullMarked;
