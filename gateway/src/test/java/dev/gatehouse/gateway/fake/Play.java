package dev.gatehouse.gateway.fake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer, whoever gives it.
 *
 * @param thought what the model thinks first; null: nothing to be seen
 * @param text empty: none
 * @param calls of tools
 * @param stopText the text at which it ended; null unless {@link Ending#STOP_TEXT}
 */
record Play(
    @Nullable String thought,
    String text,
    List<Call> calls,
    Ending ending,
    @Nullable String stopText) {
  /** What every answer takes, in tokens; of the input, some come from the cache. */
  static final int INPUT = 20;

  static final int CACHED = 5;
  static final int OUTPUT = 9;
  static final int THOUGHT = 4;

  /** The proof that a thought is the model's own. */
  static final String SIGNATURE = "c2lnbmF0dXJlIG9mIGEgdGhvdWdodA==";

  Play {
    calls = List.copyOf(calls);
  }

  /** Why an answer ends. */
  enum Ending {
    END,
    LENGTH,
    TOOLS,
    STOP_TEXT,
    FILTERED
  }

  /**
   * @param arguments a JSON object as text
   */
  record Call(String id, String name, String arguments) {
    /** The arguments in pieces that break words, escapes and numbers; the first is empty. */
    List<String> pieces() {
      List<String> pieces = new ArrayList<>(List.of(""));
      for (int i = 0; i < arguments.length(); i += 3) {
        pieces.add(arguments.substring(i, Math.min(i + 3, arguments.length())));
      }
      return pieces;
    }
  }

  /** The text in pieces of a word. */
  List<String> pieces() {
    return pieces(text);
  }

  static List<String> pieces(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("(?<= )"));
  }
}
