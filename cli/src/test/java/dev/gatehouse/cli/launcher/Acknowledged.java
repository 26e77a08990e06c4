package dev.gatehouse.cli.launcher;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server acknowledged of one project with one file, which one client downloads once. A
 * request whose answer did not come may or may not have been carried out; one whose answer came
 * was. For one thread at a time.
 */
final class Acknowledged {
  private final int number;
  private final List<String> decided = new ArrayList<>();
  private @Nullable String verdict;
  private @Nullable String withdrawn;
  private boolean withdrawing;
  private long downloadedAt;

  Acknowledged(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  String project() {
    return "demo-" + number;
  }

  /** What the client calls itself. */
  String agent() {
    return "client/" + number;
  }

  /**
   * Its bytes, or the refusal of them, came.
   *
   * @param word the verdict
   * @param nanos by {@link System#nanoTime}
   */
  void downloaded(String word, long nanos) {
    verdict = word;
    downloadedAt = nanos;
  }

  void decided(String kind) {
    decided.add(kind);
  }

  /** A withdrawal is asked for. */
  void withdrawing() {
    withdrawing = true;
  }

  void withdrawn(String kind) {
    withdrawn = kind;
  }

  /** The verdict's word; null: nothing came. */
  @Nullable String verdict() {
    return verdict;
  }

  long downloadedAt() {
    return downloadedAt;
  }

  /** The decisions that must stand. */
  List<String> standing() {
    return withdrawing ? List.of() : List.copyOf(decided);
  }

  /** The entries that the audit log must have, in their order. */
  List<String> logged() {
    List<String> entries = new ArrayList<>(decided);
    if (withdrawn != null) {
      entries.add("withdraw-" + withdrawn);
    }
    return entries;
  }
}
