/** The advisories that a command was told of, or remembers. */
@NullMarked
package dev.gatehouse.cli.advisories;

import org.jspecify.annotations.NullMarked;
