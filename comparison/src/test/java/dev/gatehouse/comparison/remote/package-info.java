@NullMarked
package dev.gatehouse.comparison.remote;

import org.jspecify.annotations.NullMarked;
