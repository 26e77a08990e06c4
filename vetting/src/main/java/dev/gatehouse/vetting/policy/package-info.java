/**
 * The rules that the user wrote, as values, and the pure function that turns evidence into a
 * verdict: no clock, no network, no store. The same evidence under the same policy is always the
 * same verdict.
 */
@NullMarked
package dev.gatehouse.vetting.policy;

import org.jspecify.annotations.NullMarked;
