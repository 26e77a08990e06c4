/** Tests of the package. */
@NullMarked
package dev.gatehouse.gateway.key;

import org.jspecify.annotations.NullMarked;
