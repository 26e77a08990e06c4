package dev.gatehouse.inspection.code;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a file does, each with its first place, apart for what runs by itself. */
final class Facts {
  /**
   * Where something was seen.
   *
   * @param path of the file
   * @param evidence the line, of the innermost layer
   */
  record Place(String path, int line, String evidence) {}

  private final Map<Fact, Place> automatic = new EnumMap<>(Fact.class);
  private final Map<Fact, Place> all = new EnumMap<>(Fact.class);
  private final Map<String, Place> automaticStores = new TreeMap<>();
  private final Map<String, Place> stores = new TreeMap<>();
  private final Map<String, Place> indicators = new LinkedHashMap<>();

  void add(Fact fact, boolean isAutomatic, Place place) {
    all.putIfAbsent(fact, place);
    if (isAutomatic) {
      automatic.putIfAbsent(fact, place);
    }
  }

  void addStore(String store, boolean isAutomatic, Place place) {
    stores.putIfAbsent(store, place);
    if (isAutomatic) {
      automaticStores.putIfAbsent(store, place);
    }
  }

  void addIndicator(String text, Place place) {
    indicators.putIfAbsent(text, place);
  }

  /** Facts of what runs by itself, or of all there is. */
  View view(boolean automaticOnly) {
    return automaticOnly
        ? new View(true, automatic, automaticStores)
        : new View(false, all, stores);
  }

  Map<String, Place> indicators() {
    return indicators;
  }

  /**
   * A selection of facts.
   *
   * @param isAutomatic whether it holds only those of what runs by itself
   */
  record View(boolean isAutomatic, Map<Fact, Place> facts, Map<String, Place> stores) {
    boolean has(Fact fact) {
      return facts.containsKey(fact);
    }

    boolean hasAny(Fact... any) {
      for (Fact fact : any) {
        if (facts.containsKey(fact)) {
          return true;
        }
      }
      return false;
    }

    boolean hasAll(Fact... every) {
      for (Fact fact : every) {
        if (!facts.containsKey(fact)) {
          return false;
        }
      }
      return true;
    }

    @Nullable Place place(Fact... candidates) {
      for (Fact fact : candidates) {
        Place place = facts.get(fact);
        if (place != null) {
          return place;
        }
      }
      return null;
    }
  }
}
