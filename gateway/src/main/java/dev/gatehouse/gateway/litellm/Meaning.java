package dev.gatehouse.gateway.litellm;

import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Scalar;
import dev.gatehouse.yaml.Yaml.Sequence;
import java.util.Locale;
import java.util.Set;

/** What LiteLLM, which reads YAML 1.1, takes a value for. */
final class Meaning {
  private static final Set<String> NOTHING = Set.of("", "~", "null");
  private static final Set<String> FALSE = Set.of("false", "no", "off");
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private Meaning() {}

  /** Whether it switches nothing on: empty, null, false, or an empty list or mapping. */
  static boolean isOff(Yaml value) {
    return switch (value) {
      case Scalar scalar -> isNothing(scalar) || isOneOf(FALSE, scalar);
      case Sequence sequence -> sequence.items().isEmpty();
      case Mapping mapping -> mapping.entries().isEmpty();
    };
  }

  /** Whether it is empty or null. */
  static boolean isNothing(Scalar value) {
    return value.text().isEmpty() || (value.plain() && isOneOf(NOTHING, value));
  }

  static boolean isTrue(Scalar value) {
    return isOneOf(TRUE, value);
  }

  private static boolean isOneOf(Set<String> words, Scalar value) {
    return words.contains(value.text().toLowerCase(Locale.ROOT));
  }
}
