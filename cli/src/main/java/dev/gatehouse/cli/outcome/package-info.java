/** How a command ends: its exit code, and what it says when it could not do its work. */
@NullMarked
package dev.gatehouse.cli.outcome;

import org.jspecify.annotations.NullMarked;
