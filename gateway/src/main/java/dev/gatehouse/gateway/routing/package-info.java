/**
 * Which deployments answer for what a client calls a model, which of them is asked next, and which
 * are left alone for a while.
 */
@NullMarked
package dev.gatehouse.gateway.routing;

import org.jspecify.annotations.NullMarked;
