/**
 * The hash-chained audit log, which both servers keep, each in its own database. Whoever changes
 * something appends in the same transaction, so that neither is ever there without the other. The
 * table belongs to this package, the only one of the module with a table.
 */
@NullMarked
package dev.gatehouse.store.audit;

import org.jspecify.annotations.NullMarked;
