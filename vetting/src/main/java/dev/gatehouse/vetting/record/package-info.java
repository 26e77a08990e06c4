/**
 * What people decided, and the log that proves it: decisions, snapshots and the hash-chained audit
 * log. A decision and its entry in the log are written in one transaction, so that neither is ever
 * there without the other.
 */
@NullMarked
package dev.gatehouse.vetting.record;

import org.jspecify.annotations.NullMarked;
