/** The way to the providers. */
@NullMarked
package dev.gatehouse.gateway.provider;

import org.jspecify.annotations.NullMarked;
