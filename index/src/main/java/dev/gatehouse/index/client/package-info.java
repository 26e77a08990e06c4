/**
 * Who may ask: clients with their tokens and roles. A token is 256 random bits, shown once and
 * stored as its SHA-256: it needs no salt and no slow hash, because nobody can guess it.
 */
@NullMarked
package dev.gatehouse.index.client;

import org.jspecify.annotations.NullMarked;
