package dev.gatehouse.cli.advisories;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which advisories everything is held against, as the options say.
 *
 * @param advisories file, folder, zip or address of OSV records; null: those remembered, if any
 * @param strict whether advisories that are missing or older than 7 days make a report incomplete
 * @param config the configuration that was named, for proxies and authorities; null: the default
 * @param environment variables of the process
 */
public record AdvisorySettings(
    @Nullable String advisories,
    boolean strict,
    @Nullable Path config,
    Map<String, String> environment) {
  /** Takes a copy of the environment. */
  public AdvisorySettings {
    environment = Map.copyOf(environment);
  }
}
