/**
 * Where everything lies that must outlive the process: a {@link dev.gatehouse.store.Database} for
 * rows and a {@link dev.gatehouse.store.BlobStore} for artifacts, in one {@link
 * dev.gatehouse.store.DataFolder} that one process at a time may use. There are no tables here but
 * that of {@link dev.gatehouse.store.audit.AuditLog}, which both servers keep: each module owns its
 * tables, its migrations and its repository class.
 *
 * <p>The embedded implementations are SQLite in WAL mode and plain files; callers hold the
 * interfaces, so that PostgreSQL and S3 can stand behind them. SQL is therefore kept to what both
 * databases understand.
 *
 * <p>Faults have two faces. Files and streams throw {@link java.io.IOException}, because a caller
 * must decide what a disk fault means in the middle of a download. The database throws {@link
 * dev.gatehouse.store.StoreException}, unchecked and with a stable code, because hardly a caller
 * can do more than answer with it.
 */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
