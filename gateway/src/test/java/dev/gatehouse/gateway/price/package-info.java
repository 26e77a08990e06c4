/** Tests of the package. */
@NullMarked
package dev.gatehouse.gateway.price;

import org.jspecify.annotations.NullMarked;
