@NullMarked
package dev.gatehouse.comparison;

import org.jspecify.annotations.NullMarked;
