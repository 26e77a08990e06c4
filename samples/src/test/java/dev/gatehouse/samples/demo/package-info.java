@NullMarked
package dev.gatehouse.samples.demo;

import org.jspecify.annotations.NullMarked;
