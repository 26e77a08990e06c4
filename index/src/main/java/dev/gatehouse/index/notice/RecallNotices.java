package dev.gatehouse.index.notice;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Migration;
import dev.gatehouse.store.StoreException;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.policy.Decision;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a webhook of each recall, in order, once: what it did not take is sent again until it does,
 * also after a restart. Used by one thread.
 */
public final class RecallNotices {
  private static final Logger LOG = System.getLogger(RecallNotices.class.getName());
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              "the last recall that a webhook was told of",
              """
              CREATE TABLE recall_notice (
                webhook TEXT NOT NULL PRIMARY KEY,
                last_decision BIGINT NOT NULL
              );
              """));

  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(10), 64 * 1024);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Database database;
  private final Vetting vetting;
  private final Outbound outbound;
  private final URI address;
  private final String key;
  private final InstantSource clock;
  private long told;
  private Duration pause = FIRST_PAUSE;
  private Instant notBefore = Instant.MIN;

  private RecallNotices(
      Database database, Vetting vetting, Outbound outbound, Secret webhook, InstantSource clock) {
    this.database = database;
    this.vetting = vetting;
    this.outbound = outbound;
    this.address = URI.create(webhook.reveal());
    this.key = Sha256.digest(webhook.reveal().getBytes(StandardCharsets.UTF_8)).hex();
    this.clock = clock;
    this.told = lastTold();
  }

  /**
   * Opens the notices for a webhook. One that is new is told of what comes, not of what was.
   *
   * @param webhook an http or https address
   */
  public static RecallNotices open(
      Database database, Vetting vetting, Outbound outbound, Secret webhook, InstantSource clock) {
    database.migrate("notices", MIGRATIONS);
    return new RecallNotices(database, vetting, outbound, webhook, clock);
  }

  private long lastTold() {
    Optional<Long> known =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT last_decision FROM recall_notice WHERE webhook = :webhook")
                    .bind("webhook", key)
                    .mapTo(Long.class)
                    .findOne());
    if (known.isPresent()) {
      return known.get();
    }
    long last = vetting.decisions().lastId();
    remember(last);
    return last;
  }

  private void remember(long decision) {
    database.useWrite(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO recall_notice (webhook, last_decision) VALUES (:webhook, :last)
                    ON CONFLICT (webhook) DO UPDATE SET last_decision = excluded.last_decision
                    """)
                .bind("webhook", key)
                .bind("last", decision)
                .execute());
  }

  /** Sends what is to be told. Never throws: a try that failed must not be the last. */
  public void look() {
    if (clock.instant().isBefore(notBefore)) {
      return;
    }
    try {
      for (Decision recall : vetting.decisions().recallsAfter(told)) {
        Optional<String> problem = send(recall);
        if (problem.isPresent()) {
          postpone(recall, problem.get());
          return;
        }
        told = recall.id();
        remember(told);
        pause = FIRST_PAUSE;
      }
    } catch (StoreException e) {
      LOG.log(Level.ERROR, "Could not note that a recall was told; it may be told twice", e);
    }
  }

  /** Its address is not named: it may hold the token of a chat program. */
  private void postpone(Decision recall, String problem) {
    LOG.log(
        Level.WARNING,
        "Could not tell the webhook that {0} {1} is recalled: {2}. It is tried again in {3} s",
        recall.project(),
        recall.version(),
        problem,
        pause.toSeconds());
    notBefore = clock.instant().plus(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private Optional<String> send(Decision recall) {
    var notice =
        new RecallNotice(recall, vetting.exposure(recall.project(), recall.version())).members();
    OutboundRequest request =
        OutboundRequest.to("POST", address)
            .named(Origin.of(address))
            .body(JSON.writeValueAsBytes(notice), "application/json")
            .limits(LIMITS)
            .build();
    try (OutboundResponse response = outbound.send(request)) {
      return response.status() >= 200 && response.status() < 300
          ? Optional.empty()
          : Optional.of("it answered with status " + response.status());
    } catch (OutboundException e) {
      return Optional.of(e.problem());
    }
  }
}
