package dev.gatehouse.gateway.admin;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known member was meant by an unknown one. */
final class NearestMember {
  private static final int LONGEST = 60;

  private NearestMember() {}

  static Optional<String> find(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .min(
            Comparator.comparingInt((String candidate) -> edits(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(candidate -> edits(word, candidate) <= Math.max(1, word.length() / 3));
  }

  /** How many letters must be inserted, removed or replaced (Levenshtein), row by row. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
