package dev.gatehouse.cli.configuration;

import java.util.Map;
import java.util.Optional;

/**
 * What later versions have and this one has not. Each is refused by name, with what to use instead:
 * passed over in silence, a rule would seem to be in force that is not.
 */
final class LaterSettings {
  private static final Map<String, String> KEYS =
      Map.of(
          "index.database", "this version keeps everything in one folder; use data",
          "index.blobs", "this version keeps everything in one folder; use data");

  private LaterSettings() {}

  /** What to say of a key, written as {@code table.key}, or of a table. */
  static Optional<String> find(String path) {
    return Optional.ofNullable(KEYS.get(path));
  }
}
