package dev.gatehouse.cli.configuration;

import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that {@code gatehouse serve} is told: the command line, then the file, then the defaults.
 *
 * @param index {@code [index]}
 * @param caFile {@code ca-file} of {@code [outbound]}; null: the JDK's own trust alone
 * @param upstreams {@code [[upstream]]}, at least one
 * @param policy {@code [policy]}, {@code [[allow]]}, {@code [[deny]]} and {@code [[provenance]]}
 * @param advisories {@code [advisories]}
 * @param sigstore {@code [sigstore]}
 * @param keepDownloads {@code keep-downloads} of {@code [index]}
 */
public record Configuration(
    IndexSettings index,
    @Nullable Path caFile,
    List<UpstreamSettings> upstreams,
    Policy policy,
    AdvisorySettings advisories,
    SigstoreSettings sigstore,
    Duration keepDownloads) {
  public Configuration {
    upstreams = List.copyOf(upstreams);
  }
}
