package dev.gatehouse.gateway.litellm;

import dev.gatehouse.yaml.Yaml.Scalar;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in the YAML in the place of a secret, or of anything that may be one. */
final class Secrets {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:os\\.environ/|\\$)([A-Za-z_][A-Za-z0-9_]*)|\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  /** What people write where a server wants no key. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "none",
          "null",
          "empty",
          "na",
          "n/a",
          "any",
          "anything",
          "dummy",
          "dummy-key",
          "fake",
          "fake-key",
          "no-key",
          "nokey",
          "no-key-needed",
          "no-key-required",
          "sk-no-key-required",
          "not-needed",
          "not-required",
          "not-used",
          "unused",
          "ignored",
          "placeholder",
          "lm-studio",
          "ollama",
          "vllm");

  private Secrets() {}

  /** The variable that a value names: {@code os.environ/X}, {@code ${X}} or {@code $X}. */
  static Optional<String> variable(Scalar value) {
    Matcher matcher = VARIABLE.matcher(value.text().strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
  }

  /** Whether a value says that there is no key. */
  static boolean isPlaceholder(Scalar value) {
    return Meaning.isNothing(value)
        || PLACEHOLDERS.contains(value.text().strip().toLowerCase(Locale.ROOT));
  }
}
