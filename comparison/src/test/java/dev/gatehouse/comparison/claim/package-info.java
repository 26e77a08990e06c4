@NullMarked
package dev.gatehouse.comparison.claim;

import org.jspecify.annotations.NullMarked;
