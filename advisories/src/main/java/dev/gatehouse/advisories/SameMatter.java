package dev.gatehouse.advisories;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes one advisory of those that name each other, directly or through a third, as aliases. */
final class SameMatter {
  private static final Comparator<Advisory> MOST_TELLING_FIRST =
      Comparator.comparing(Advisory::kind)
          .thenComparingInt(SameMatter::rank)
          .thenComparing(Advisory::id);

  private static final Comparator<Advisory> WORST_FIRST =
      Comparator.comparing(Advisory::kind)
          .thenComparing(Advisory::severity, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Advisory::id);

  private SameMatter() {}

  static List<Advisory> merge(List<Advisory> advisories) {
    Map<String, Group> byName = new HashMap<>();
    for (Advisory advisory : advisories) {
      Group joined = new Group();
      joined.add(advisory);
      for (String name : List.copyOf(joined.names)) {
        Group other = byName.get(name);
        if (other != null && other != joined) {
          joined.takeAll(other);
        }
      }
      for (String name : joined.names) {
        byName.put(name, joined);
      }
    }
    return byName.values().stream().distinct().map(Group::merged).sorted(WORST_FIRST).toList();
  }

  /** Those who write for PyPI itself come before those who collect. */
  private static int rank(Advisory advisory) {
    if (advisory.id().startsWith("MAL-")) {
      return 0;
    }
    if (advisory.id().startsWith("PYSEC-")) {
      return 1;
    }
    return advisory.id().startsWith("GHSA-") ? 2 : 3;
  }

  private static final class Group {
    /** By identity: the hash of a record goes through thousands of versions. */
    private final Set<Advisory> members = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<String> names = new LinkedHashSet<>();

    void add(Advisory advisory) {
      members.add(advisory);
      names.add(advisory.id());
      names.addAll(advisory.aliases());
    }

    void takeAll(Group other) {
      other.members.forEach(this::add);
    }

    Advisory merged() {
      if (members.size() == 1) {
        return members.iterator().next();
      }
      List<Advisory> sorted = members.stream().sorted(MOST_TELLING_FIRST).toList();
      Advisory first = sorted.getFirst();
      return new Advisory(
          first.id(),
          names.stream().filter(name -> !name.equals(first.id())).sorted().toList(),
          first.kind(),
          sorted.stream()
              .flatMap(member -> Stream.ofNullable(member.severity()))
              .min(Comparator.naturalOrder())
              .orElse(null),
          sorted.stream()
              .map(Advisory::summary)
              .filter(summary -> !summary.isEmpty())
              .findFirst()
              .orElse(""),
          sorted.stream()
              .map(Advisory::modified)
              .max(Comparator.naturalOrder())
              .orElse(Instant.EPOCH),
          null,
          sorted.stream().flatMap(member -> member.affected().stream()).toList());
    }
  }
}
