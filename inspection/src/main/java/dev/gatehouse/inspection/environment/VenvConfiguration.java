package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code pyvenv.cfg} (PEP 405), read as {@code site} and {@code getpath} read it: keys have no
 * case, the last of several counts, lines without an equals sign do not.
 */
final class VenvConfiguration {
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private int homes;

  static VenvConfiguration parse(byte[] content) {
    VenvConfiguration configuration = new VenvConfiguration();
    int number = 0;
    for (String line : new String(content, UTF_8).split("\\R", -1)) {
      number++;
      int equals = line.indexOf('=');
      if (equals > 0) {
        String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        String value = line.substring(equals + 1).strip();
        if (key.equals("home") && !value.equals(configuration.values.get(key))) {
          configuration.homes++;
        }
        configuration.values.put(key, value);
        configuration.lines.put(key, number);
      }
    }
    return configuration;
  }

  /** The folder of the Python that the environment was made from; null where it is not named. */
  @Nullable String home() {
    return values.get("home");
  }

  int homeLine() {
    return lines.getOrDefault("home", 0);
  }

  /** Whether two different homes are named. */
  boolean hasSeveralHomes() {
    return homes > 1;
  }

  boolean includesSystem() {
    return "true".equalsIgnoreCase(values.get("include-system-site-packages"));
  }

  int systemLine() {
    return lines.getOrDefault("include-system-site-packages", 0);
  }

  /** As {@code venv}, {@code virtualenv} and {@code uv} each write it; null where none did. */
  @Nullable String version() {
    String version = values.get("version_info");
    if (version == null) {
      version = values.get("version");
    }
    return version == null ? null : release(version);
  }

  /** {@code 3.13.1.final.0} is 3.13.1. */
  private static String release(String text) {
    int end = 0;
    int dots = 0;
    while (end < text.length() && dots < 3) {
      char c = text.charAt(end);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        break;
      }
      end++;
    }
    String cut = text.substring(0, end);
    return cut.endsWith(".") ? cut.substring(0, cut.length() - 1) : cut;
  }
}
