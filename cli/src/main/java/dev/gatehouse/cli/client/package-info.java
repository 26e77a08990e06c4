/** {@code gatehouse client}: tokens and roles, by asking a running server. */
@NullMarked
package dev.gatehouse.cli.client;

import org.jspecify.annotations.NullMarked;
