/**
 * The only way out of the house: HTTP requests with limits on time, size and rate, through proxies
 * where the environment names them, to addresses that are checked when they are connected to.
 * Redirects are followed one by one, each checked like a request of its own; credentials never
 * leave the origin that they are bound to.
 */
@NullMarked
package dev.gatehouse.outbound;

import org.jspecify.annotations.NullMarked;
