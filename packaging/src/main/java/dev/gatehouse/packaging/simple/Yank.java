package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;

/** Whether a file was yanked: resolvers pass over it, an exact pin still takes it (PEP 592). */
public sealed interface Yank {
  /** What most files are. */
  static Yank notYanked() {
    return new NotYanked();
  }

  /** The file is offered as usual. */
  record NotYanked() implements Yank {}

  /** The file is yanked; the reason may be empty. */
  record Yanked(String reason) implements Yank {
    /**
     * Takes a reason, in which what a page cannot hold (NUL, half a surrogate pair) is replaced.
     *
     * @throws MalformedException when it is longer than 4,096 characters
     */
    public Yanked {
      reason = PageText.writable(reason);
    }
  }
}
