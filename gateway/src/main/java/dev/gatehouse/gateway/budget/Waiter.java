package dev.gatehouse.gateway.budget;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for what others leave of a budget, in that account's queue. Only the first of a
 * queue is woken; when it leaves, it wakes the next. The ledger's lock guards it.
 */
final class Waiter {
  private final Condition turn;
  private final long deadline;
  private @Nullable Account at;

  /**
   * @param deadline when its patience ends, in the ledger's nanoseconds
   */
  Waiter(Condition turn, long deadline) {
    this.turn = turn;
    this.deadline = deadline;
  }

  /** Stands at the end of the account's queue, unless it stands in it already. */
  void queueAt(Account account) {
    if (!account.equals(at)) {
      leave();
      at = account;
      account.waiting().add(this);
    }
  }

  void leave() {
    if (at != null) {
      at.waiting().remove(this);
      at.wakeFirst();
      at = null;
    }
  }

  void wake() {
    turn.signal();
  }

  /**
   * Waits until it is woken, or for no reason, as conditions may.
   *
   * @return whether there is patience left
   */
  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
  boolean await(long now) {
    if (deadline - now <= 0) {
      return false;
    }
    try {
      return turn.await(deadline - now, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The answer at the end of its patience. */
  Grant busy() {
    if (at == null) {
      throw new IllegalStateException("it waited nowhere");
    }
    return new Grant.Busy(at.id());
  }
}
