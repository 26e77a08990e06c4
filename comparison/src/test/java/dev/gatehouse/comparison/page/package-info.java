@NullMarked
package dev.gatehouse.comparison.page;

import org.jspecify.annotations.NullMarked;
