@NullMarked
package dev.gatehouse.packaging;

import org.jspecify.annotations.NullMarked;
