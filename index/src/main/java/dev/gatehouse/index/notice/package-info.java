/** Telling others of recalls. */
@NullMarked
package dev.gatehouse.index.notice;

import org.jspecify.annotations.NullMarked;
