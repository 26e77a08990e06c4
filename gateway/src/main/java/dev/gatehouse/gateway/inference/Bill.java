package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.budget.AccountId;
import dev.gatehouse.gateway.budget.Accounting;
import dev.gatehouse.gateway.budget.Reservation;
import dev.gatehouse.gateway.budget.Standing;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.price.ModelPrice;
import dev.gatehouse.gateway.price.NanoUsd;
import dev.gatehouse.gateway.routing.Deployment;
import dev.gatehouse.gateway.usage.Labels;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one try costs: reserved before it, settled or released once. Used by one thread. */
final class Bill {
  private static final Logger LOG = System.getLogger(Bill.class.getName());

  private final Accounting accounting;
  private final AccountId key;
  private final Reservation reservation;
  private final Deployment deployment;
  private final Labels labels;
  private final @Nullable ModelPrice price;
  private final Guess guess;
  private boolean closed;

  /**
   * What is thought of a call before it is made.
   *
   * @param input tokens, about
   * @param most nano-USD, at most
   */
  record Guess(long input, long most) {}

  /**
   * @param price null: it costs nothing
   */
  Bill(
      Accounting accounting,
      AccountId key,
      Reservation reservation,
      Deployment deployment,
      Labels labels,
      @Nullable ModelPrice price,
      Guess guess) {
    this.accounting = accounting;
    this.key = key;
    this.reservation = reservation;
    this.deployment = deployment;
    this.labels = labels;
    this.price = price;
    this.guess = guess;
  }

  /** What a usage costs, in USD. */
  String price(Usage usage) {
    return NanoUsd.text(cost(usage));
  }

  /** What cannot be believed costs what was reserved. */
  private long cost(Usage usage) {
    return price == null ? 0 : price.cost(usage).orElse(guess.most());
  }

  /** Writes down what it took. Where the provider did not say, what came is counted instead. */
  void settle(Outcome.Took took) {
    if (closed) {
      return;
    }
    closed = true;
    Usage usage =
        took.usage() == null ? new Usage(guess.input(), 0, 0, took.seenTokens(), 0) : took.usage();
    try {
      accounting.settle(
          reservation,
          deployment.provider().name(),
          deployment.model(),
          labels,
          usage,
          cost(usage));
    } catch (IOException e) {
      // It counts all the same, and nothing more is granted until it could be written.
      LOG.log(Level.ERROR, "Could not write down what a call used", e);
    }
  }

  /** Gives back what was reserved, unless it was settled. */
  void release() {
    if (!closed) {
      closed = true;
      accounting.release(reservation);
    }
  }

  /** What is left of the key's rates, in OpenAI's headers. */
  Map<String, String> limitHeaders() {
    Standing standing = accounting.standing(key);
    Map<String, String> headers = new LinkedHashMap<>();
    put(headers, "requests", standing.limits().requestsPerMinute(), standing.requestsLeft());
    put(headers, "tokens", standing.limits().tokensPerMinute(), standing.tokensLeft());
    return headers;
  }

  private static void put(
      Map<String, String> headers, String what, @Nullable Long limit, @Nullable Long left) {
    if (limit != null && left != null) {
      headers.put("x-ratelimit-limit-" + what, limit.toString());
      headers.put("x-ratelimit-remaining-" + what, left.toString());
    }
  }
}
