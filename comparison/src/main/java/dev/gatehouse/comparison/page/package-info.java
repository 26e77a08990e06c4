/** A comparison as one page of HTML that needs nothing beside itself. */
@NullMarked
package dev.gatehouse.comparison.page;

import org.jspecify.annotations.NullMarked;
