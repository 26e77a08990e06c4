/**
 * {@code gatehouse audit}: what its targets are, looking at them on all cores, and the report. What
 * is looked for lies in {@code inspection}; what the report looks like, in {@code findings}. Keep
 * what a plain run loads small: it is to answer in half a second.
 */
@NullMarked
package dev.gatehouse.cli.audit;

import org.jspecify.annotations.NullMarked;
