/**
 * Gatehouse's commands: wiring only. Each package below it is one command, or what commands share.
 */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
