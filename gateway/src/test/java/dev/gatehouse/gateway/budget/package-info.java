/** Tests of the package. */
@NullMarked
package dev.gatehouse.gateway.budget;

import org.jspecify.annotations.NullMarked;
