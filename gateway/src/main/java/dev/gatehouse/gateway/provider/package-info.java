/**
 * Asking providers: where, with which key, for how long. A key is sent to its provider's one origin
 * and nowhere else, in a header; nothing that a client says chooses either.
 */
@NullMarked
package dev.gatehouse.gateway.provider;

import org.jspecify.annotations.NullMarked;
