@NullMarked
package dev.gatehouse.vetting;

import org.jspecify.annotations.NullMarked;
