package dev.gatehouse.vetting;

import dev.gatehouse.vetting.evidence.AdvisorySettings;
import java.time.Duration;

/**
 * What a start decides about the vetting.
 *
 * @param advisories where they come from
 * @param keepDownloads how long the record of a download outlives the last one
 * @param program this program's version, for the reports of inspections
 */
public record VettingSettings(AdvisorySettings advisories, Duration keepDownloads, String program) {
  /** Thirteen months: last year's incident can still be asked about. */
  public static final Duration KEEP_DOWNLOADS = Duration.ofDays(400);

  /** Checks. */
  public VettingSettings {
    if (!keepDownloads.isPositive()) {
      throw new IllegalArgumentException("downloads are kept for some time");
    }
  }
}
