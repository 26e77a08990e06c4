package dev.gatehouse.cli.configuration;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where this user's programs keep what can be had again (the XDG Base Directory specification). */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder of this program; it may not be there yet. */
  public static Path of(Map<String, String> environment) {
    @Nullable String named = environment.get("XDG_CACHE_HOME");
    @Nullable String windows = environment.get("LOCALAPPDATA");
    if (named != null && Path.of(named).isAbsolute()) {
      return Path.of(named, "gatehouse");
    }
    if (windows != null && !windows.isBlank()) {
      return Path.of(windows, "gatehouse", "cache");
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return Path.of(home, ".cache", "gatehouse");
  }
}
