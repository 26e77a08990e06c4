/**
 * {@code gatehouse vet}, {@code why}, {@code approve}, {@code refuse}, {@code recall}, {@code
 * exposure} and {@code audit-log}, by asking a running server.
 */
@NullMarked
package dev.gatehouse.cli.vetting;

import org.jspecify.annotations.NullMarked;
