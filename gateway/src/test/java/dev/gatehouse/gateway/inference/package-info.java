@NullMarked
package dev.gatehouse.gateway.inference;

import org.jspecify.annotations.NullMarked;
