package dev.gatehouse.vetting;

import dev.gatehouse.provenance.verification.TrustRoots;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.evidence.TrustSettings;
import java.time.Duration;

/**
 * What a start decides about the vetting.
 *
 * @param advisories where they come from
 * @param keepDownloads how long the record of a download outlives the last one
 * @param program this program's version, for the reports of inspections
 * @param trust whom attestations are believed by
 */
public record VettingSettings(
    AdvisorySettings advisories, Duration keepDownloads, String program, TrustSettings trust) {
  /** Thirteen months: last year's incident can still be asked about. */
  public static final Duration KEEP_DOWNLOADS = Duration.ofDays(400);

  /** With the trusted root that is built in. */
  public VettingSettings(AdvisorySettings advisories, Duration keepDownloads, String program) {
    this(advisories, keepDownloads, program, new TrustSettings.Fixed(TrustRoots.builtIn()));
  }

  /** Checks. */
  public VettingSettings {
    if (!keepDownloads.isPositive()) {
      throw new IllegalArgumentException("downloads are kept for some time");
    }
  }
}
