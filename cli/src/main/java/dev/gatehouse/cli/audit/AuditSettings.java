package dev.gatehouse.cli.audit;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the options say about how to look.
 *
 * @param advisories file, folder, zip or address of OSV records; null: those remembered, if any
 * @param strict whether advisories that are missing or older than 7 days make a report incomplete
 * @param config the configuration that was named, for proxies and authorities; null: the default
 * @param environment variables of the process
 */
record AuditSettings(
    @Nullable String advisories,
    boolean strict,
    @Nullable Path config,
    Map<String, String> environment) {
  AuditSettings {
    environment = Map.copyOf(environment);
  }

  /** Makes the inspectors, which may read advisories first. */
  @FunctionalInterface
  interface InspectorsFactory {
    /**
     * @throws dev.gatehouse.cli.outcome.CommandFailure where the settings are wrong
     */
    Inspectors open(AuditSettings settings);
  }
}
