/**
 * The listener that applications ask: who may ask what, which deployment answers, how often and
 * what else is tried, and how the answer gets back while it comes. Blocking code on virtual
 * threads; nothing on this path waits for a database.
 */
@NullMarked
package dev.gatehouse.gateway.inference;

import org.jspecify.annotations.NullMarked;
