package dev.gatehouse.gateway.usage;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Which end users and tags get rows of their own: the first that a key's calls name on a day. All
 * that come after those share one row, so that no client can fill the database with names that it
 * makes up. Used within one transaction.
 */
final class KeptLabels {
  static final String OTHERS = "(other)";
  static final int MOST_END_USERS = 1000;
  static final int MOST_TAGS = 100;

  private final Handle handle;
  private final Map<Place, Set<String>> kept = new HashMap<>();

  KeptLabels(Handle handle) {
    this.handle = handle;
  }

  /** Where labels are counted. */
  private record Place(LocalDate day, UUID key, Dimension kind) {}

  /** What a label is counted under. */
  String row(LocalDate day, UUID key, Dimension kind, String label) {
    Set<String> here = kept.computeIfAbsent(new Place(day, key, kind), this::stored);
    int most = kind == Dimension.END_USER ? MOST_END_USERS : MOST_TAGS;
    if (here.contains(label)) {
      return label;
    }
    if (label.equals(OTHERS) || here.size() >= most) {
      return OTHERS;
    }
    here.add(label);
    return label;
  }

  private Set<String> stored(Place place) {
    return new HashSet<>(
        handle
            .createQuery(
                """
                SELECT DISTINCT label FROM usage_by_label
                WHERE day = :day AND key_id = :key AND kind = :kind AND label <> :others
                """)
            .bind("day", place.day().toString())
            .bind("key", place.key().toString())
            .bind("kind", place.kind().text())
            .bind("others", OTHERS)
            .mapTo(String.class)
            .list());
  }
}
