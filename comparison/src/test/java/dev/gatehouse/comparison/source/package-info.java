@NullMarked
package dev.gatehouse.comparison.source;

import org.jspecify.annotations.NullMarked;
