package dev.gatehouse.findings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known word was meant by an unknown one. */
public final class NearestWord {
  private static final int LONGEST = 100;

  private NearestWord() {}

  /**
   * The known word with the fewest edits between the two, where they are few for a word of that
   * length.
   */
  public static Optional<String> find(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.max(1, word.length() / 3);
    return known.stream()
        .min(
            Comparator.comparingInt((String candidate) -> edits(word, candidate))
                .thenComparing(candidate -> candidate))
        .filter(candidate -> edits(word, candidate) <= most);
  }

  /** How many letters must be inserted, removed, replaced or swapped with their neighbour. */
  private static int edits(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, distance[i - 2][j - 2] + 1);
        }
        distance[i][j] = best;
      }
    }
    return distance[a.length()][b.length()];
  }
}
