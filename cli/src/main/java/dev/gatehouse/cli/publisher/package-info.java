/** {@code gatehouse publisher}: what keeps a project from token-free, attested publishing. */
@NullMarked
package dev.gatehouse.cli.publisher;

import org.jspecify.annotations.NullMarked;
