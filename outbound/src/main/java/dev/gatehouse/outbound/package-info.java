@NullMarked
package dev.gatehouse.outbound;

import org.jspecify.annotations.NullMarked;
