@NullMarked
package dev.gatehouse.gateway.dialect;

import org.jspecify.annotations.NullMarked;
