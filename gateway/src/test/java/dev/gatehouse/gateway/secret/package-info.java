/** Tests of the package. */
@NullMarked
package dev.gatehouse.gateway.secret;

import org.jspecify.annotations.NullMarked;
