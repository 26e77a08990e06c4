@NullMarked
package dev.gatehouse.comparison.match;

import org.jspecify.annotations.NullMarked;
