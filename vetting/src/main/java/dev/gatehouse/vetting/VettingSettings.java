package dev.gatehouse.vetting;

import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a start decides about the vetting.
 *
 * @param advisories where they come from
 * @param keepDownloads how long the record of a download outlives the last one
 * @param program this program's version, for the reports of inspections
 * @param trustRoot whom attestations are believed by; asked when one is there to be verified
 */
public record VettingSettings(
    AdvisorySettings advisories,
    Duration keepDownloads,
    String program,
    Supplier<TrustRoot> trustRoot) {
  /** Thirteen months: last year's incident can still be asked about. */
  public static final Duration KEEP_DOWNLOADS = Duration.ofDays(400);

  /** With the trusted root that is built in. */
  public VettingSettings(AdvisorySettings advisories, Duration keepDownloads, String program) {
    this(advisories, keepDownloads, program, TrustRoot::builtIn);
  }

  /** Checks. */
  public VettingSettings {
    if (!keepDownloads.isPositive()) {
      throw new IllegalArgumentException("downloads are kept for some time");
    }
  }
}
