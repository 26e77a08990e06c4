package dev.gatehouse.gateway.litellm;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** TOML as a person would write it: one key a line, comments, blank lines between tables. */
final class TomlText {
  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private final StringBuilder text = new StringBuilder();

  TomlText comment(String line) {
    text.append("# ").append(line).append('\n');
    return this;
  }

  TomlText blank() {
    text.append('\n');
    return this;
  }

  TomlText table(String header) {
    text.append(header).append('\n');
    return this;
  }

  TomlText put(String key, @Nullable String value) {
    return value == null ? this : raw(key, quoted(value));
  }

  TomlText put(String key, @Nullable Integer value) {
    return value == null ? this : raw(key, value.toString());
  }

  TomlText put(String key, @Nullable Duration value) {
    return value == null ? this : put(key, value.toSeconds() + "s");
  }

  TomlText put(String key, boolean value) {
    return raw(key, Boolean.toString(value));
  }

  TomlText put(String key, List<String> values) {
    return values.isEmpty()
        ? this
        : raw(
            key, values.stream().map(TomlText::quoted).collect(Collectors.joining(", ", "[", "]")));
  }

  private TomlText raw(String key, String value) {
    String shown = BARE_KEY.matcher(key).matches() ? key : quoted(key);
    text.append(shown).append(" = ").append(value).append('\n');
    return this;
  }

  /** A basic string (TOML 1.0, "String"). */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f || !Character.isDefined(c) || Character.isSurrogate(c)) {
            surrogates(value, i, quoted);
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  private static void surrogates(String value, int at, StringBuilder into) {
    char c = value.charAt(at);
    boolean pairs =
        (Character.isHighSurrogate(c)
                && at + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(at + 1)))
            || (Character.isLowSurrogate(c)
                && at > 0
                && Character.isHighSurrogate(value.charAt(at - 1)));
    if (pairs) {
      into.append(c);
    } else {
      // Half a pair is no character, and TOML has none.
      into.append(Character.isSurrogate(c) ? "\\uFFFD" : "\\u%04X".formatted((int) c));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
