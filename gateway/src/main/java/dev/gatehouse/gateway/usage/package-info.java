/**
 * What was used, kept so that a crash loses nothing: a journal that a call is written to before its
 * end reaches the client, and a table by day, key and model that the journal is brought into.
 */
@NullMarked
package dev.gatehouse.gateway.usage;

import org.jspecify.annotations.NullMarked;
