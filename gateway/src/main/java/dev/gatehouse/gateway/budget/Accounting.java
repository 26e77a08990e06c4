package dev.gatehouse.gateway.budget;

import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.price.ModelPrice;
import dev.gatehouse.gateway.usage.Dimension;
import dev.gatehouse.gateway.usage.Labels;
import dev.gatehouse.gateway.usage.UsageEntry;
import dev.gatehouse.gateway.usage.UsageLog;
import dev.gatehouse.gateway.usage.UsageQuery;
import dev.gatehouse.gateway.usage.UsageRow;
import dev.gatehouse.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger together with the log of what was used: what the way of a call goes through. Nothing
 * here waits for the database.
 */
public final class Accounting implements AutoCloseable {
  private static final LocalDate BEGINNING = LocalDate.EPOCH;
  private static final LocalDate END = LocalDate.of(9999, 12, 31);

  private final Ledger ledger;
  private final UsageLog log;
  private final InstantSource clock;

  private Accounting(Ledger ledger, UsageLog log, InstantSource clock) {
    this.ledger = ledger;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Opens it, with all that was ever spent.
   *
   * @param journal the folder of the usage journal
   * @param nanoTime for rates, as {@link System#nanoTime}
   * @throws IOException where the journal cannot be read or is damaged
   */
  public static Accounting open(
      Database database, Path journal, InstantSource clock, LongSupplier nanoTime)
      throws IOException {
    UsageLog log = UsageLog.open(database, journal);
    Ledger ledger = new Ledger(clock, nanoTime);
    count(ledger, log, Kind.KEY, Dimension.KEY);
    count(ledger, log, Kind.USER, Dimension.USER);
    count(ledger, log, Kind.TEAM, Dimension.TEAM);
    return new Accounting(ledger, log, clock);
  }

  private static void count(Ledger ledger, UsageLog log, Kind kind, Dimension dimension)
      throws IOException {
    UsageQuery query = new UsageQuery(BEGINNING, END, Map.of(), Set.of(Dimension.DAY, dimension));
    for (UsageRow row : log.findAll(query)) {
      String id = row.of().getOrDefault(dimension, "");
      if (!id.isEmpty()) {
        ledger.spentBefore(
            new AccountId(kind, UUID.fromString(id)),
            LocalDate.parse(row.of().getOrDefault(Dimension.DAY, "")),
            row.nanoUsd());
      }
    }
  }

  /** Sets the limits of all accounts of a kind, as {@link Ledger#limit}. */
  public void limit(Kind kind, Map<UUID, Limits> limits) {
    ledger.limit(kind, limits);
  }

  /** Asks for a call to be allowed, as {@link Ledger#reserve}. */
  public Grant reserve(Claim claim) {
    return log.isWritten() ? ledger.reserve(claim) : new Grant.Unrecordable();
  }

  /** Prolongs the lease of a call that still runs, from now on. */
  public void renew(Reservation reservation, Duration lease) {
    ledger.renew(reservation, lease);
  }

  /** Gives back what was reserved for a call that was not made, or costs nothing. */
  public void release(Reservation reservation) {
    ledger.release(reservation);
  }

  /**
   * Settles a call that is over, whether its client is still there or not. When this returns, it
   * counts, whatever becomes of this process: {@code kill -9} included, a loss of power not, which
   * may cost the last fifth of a second (see {@link #upkeep}). So it is called before the client is
   * given the end of its answer. Calling it again for the same reservation does nothing.
   *
   * @param provider its name in the configuration
   * @param model as the provider calls it
   * @param labels what the client said that it is for
   * @param nanoUsd what it cost
   * @throws IOException where it could not be written; it counts until this process ends, is
   *     written as soon as it can be, and until then {@link #reserve} grants nothing
   */
  public void settle(
      Reservation reservation,
      String provider,
      String model,
      Labels labels,
      Usage usage,
      long nanoUsd)
      throws IOException {
    Instant at = clock.instant();
    long tokens =
        Math.addExact(
            Math.clamp(usage.input(), 0, ModelPrice.MOST_TOKENS),
            Math.clamp(usage.output(), 0, ModelPrice.MOST_TOKENS));
    if (ledger.settle(reservation, at, nanoUsd, tokens)) {
      log.record(
          new UsageEntry(
              at,
              required(id(reservation, Kind.KEY)),
              id(reservation, Kind.USER),
              id(reservation, Kind.TEAM),
              provider,
              model,
              labels,
              usage,
              nanoUsd));
    }
  }

  private static @Nullable UUID id(Reservation reservation, Kind kind) {
    for (Reservation.Share share : reservation.shares()) {
      if (share.account().id().kind() == kind) {
        return share.account().id().id();
      }
    }
    return null;
  }

  private static UUID required(@Nullable UUID key) {
    if (key == null) {
      throw new IllegalArgumentException("every call is some key's");
    }
    return key;
  }

  /** How an account stands. */
  public Standing standing(AccountId id) {
    return ledger.standing(id);
  }

  /** What was used, up to now. */
  public List<UsageRow> usage(UsageQuery query) throws IOException {
    return log.find(query);
  }

  /**
   * Gives back lapsed reservations and makes safe from a loss of power what was settled; to be
   * called five times a second or so, by one thread.
   */
  public void upkeep() throws IOException {
    ledger.sweep();
    log.sync();
  }

  /** Brings what was settled into the tables; to be called every few seconds. */
  public void transfer() throws IOException {
    log.transfer();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
