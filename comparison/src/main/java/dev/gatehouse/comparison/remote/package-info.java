/** Brings repositories of forges here, through the way out that all of Gatehouse takes. */
@NullMarked
package dev.gatehouse.comparison.remote;

import org.jspecify.annotations.NullMarked;
