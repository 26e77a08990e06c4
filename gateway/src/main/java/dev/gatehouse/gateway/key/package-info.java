/**
 * Virtual keys, which applications use instead of a provider's, and the users and teams that they
 * belong to. A token is 256 random bits, shown once and known by its SHA-256 from then on: it needs
 * no salt and no slow hash, because nobody can guess it. All keys are in memory; a call costs no
 * query.
 */
@NullMarked
package dev.gatehouse.gateway.key;

import org.jspecify.annotations.NullMarked;
