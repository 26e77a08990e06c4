package dev.gatehouse.gateway.litellm;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value of the YAML, with the line that it stands in. Aliases and merge keys are resolved. */
sealed interface Yaml {
  /** Where it begins. */
  Place at();

  /** How many values it has, itself and what aliases repeat counted in. */
  int size();

  /** Whether it switches nothing on: empty, null, false, or an empty list or mapping. */
  boolean isOff();

  /**
   * A line of a file.
   *
   * @param line from 1
   */
  record Place(String file, int line) {}

  /** A text; numbers and booleans are texts here, as they are written. */
  record Scalar(Place at, String text, boolean plain) implements Yaml {
    // LiteLLM reads YAML 1.1.
    private static final Set<String> NOTHING = Set.of("", "~", "null");
    private static final Set<String> FALSE = Set.of("false", "no", "off");
    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    @Override
    public int size() {
      return 1;
    }

    @Override
    public boolean isOff() {
      return isNothing() || isOneOf(FALSE);
    }

    boolean isNothing() {
      return text.isEmpty() || (plain && isOneOf(NOTHING));
    }

    boolean isTrue() {
      return isOneOf(TRUE);
    }

    private boolean isOneOf(Set<String> words) {
      return words.contains(text.toLowerCase(Locale.ROOT));
    }
  }

  /** A list. */
  record Sequence(Place at, List<Yaml> items, int size) implements Yaml {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public boolean isOff() {
      return items.isEmpty();
    }
  }

  /** Keys with their values; no key comes twice. */
  record Mapping(Place at, List<Entry> entries, int size) implements Yaml {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public boolean isOff() {
      return entries.isEmpty();
    }

    /** The value of a key; null where it has none. */
    @Nullable Yaml get(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }
  }

  /**
   * A key of a mapping.
   *
   * @param at where the key stands
   */
  record Entry(Place at, String key, Yaml value) {}
}
