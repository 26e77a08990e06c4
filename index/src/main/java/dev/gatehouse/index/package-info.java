@NullMarked
package dev.gatehouse.index;

import org.jspecify.annotations.NullMarked;
