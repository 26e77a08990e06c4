/**
 * What people decided: decisions and snapshots. A decision and its entry in the {@link
 * dev.gatehouse.store.audit.AuditLog} are written in one transaction, so that neither is ever there
 * without the other.
 */
@NullMarked
package dev.gatehouse.vetting.record;

import org.jspecify.annotations.NullMarked;
