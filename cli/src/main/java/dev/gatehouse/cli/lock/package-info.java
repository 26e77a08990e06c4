/**
 * What a requirement or lock file settles on, approved or exported as a whole by asking a running
 * server.
 */
@NullMarked
package dev.gatehouse.cli.lock;

import org.jspecify.annotations.NullMarked;
