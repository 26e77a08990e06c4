/**
 * The vendors' formats: each reads or writes what {@link dev.gatehouse.gateway.conversation} holds.
 * Pure: bytes and JSON in, values out. What a format cannot say is an {@link
 * dev.gatehouse.gateway.dialect.UntranslatableException}, never dropped.
 */
@NullMarked
package dev.gatehouse.gateway.dialect;

import org.jspecify.annotations.NullMarked;
