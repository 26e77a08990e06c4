/** What a page of an index says of its files, beyond the specifications. */
@NullMarked
package dev.gatehouse.pins.page;

import org.jspecify.annotations.NullMarked;
