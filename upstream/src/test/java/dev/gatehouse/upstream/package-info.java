/** Tests, held to the same rules about null as what they test. */
@NullMarked
package dev.gatehouse.upstream;

import org.jspecify.annotations.NullMarked;
