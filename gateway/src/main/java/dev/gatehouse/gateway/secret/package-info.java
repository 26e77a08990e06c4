/**
 * The providers' keys: where they come from, and how those that lie here are encrypted. Nothing
 * here prints.
 */
@NullMarked
package dev.gatehouse.gateway.secret;

import org.jspecify.annotations.NullMarked;
