package dev.gatehouse.gateway.budget;

import java.time.Instant;
import java.util.List;

/** What is set aside for one call. Only the ledger that made it reads or changes it. */
public final class Reservation {
  /** A part of it, in one account. */
  record Share(Account account, long nanoUsd) {}

  enum State {
    OPEN,
    /** Its lease ended before anybody came back. */
    LAPSED,
    CLOSED
  }

  private final long number;
  private final List<Share> shares;
  private final long tokens;
  private State state = State.OPEN;
  private Instant leaseEnd;

  Reservation(long number, List<Share> shares, long tokens, Instant leaseEnd) {
    this.number = number;
    this.shares = List.copyOf(shares);
    this.tokens = tokens;
    this.leaseEnd = leaseEnd;
  }

  long number() {
    return number;
  }

  List<Share> shares() {
    return shares;
  }

  long tokens() {
    return tokens;
  }

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }

  Instant leaseEnd() {
    return leaseEnd;
  }

  void lease(Instant end) {
    leaseEnd = end;
  }
}
