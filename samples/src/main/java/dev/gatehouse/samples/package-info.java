@NullMarked
package dev.gatehouse.samples;

import org.jspecify.annotations.NullMarked;
