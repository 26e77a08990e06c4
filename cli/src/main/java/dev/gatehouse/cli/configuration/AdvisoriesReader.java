package dev.gatehouse.cli.configuration;

import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import java.nio.file.Path;
import java.util.List;

/** Reads {@code [advisories]}. */
final class AdvisoriesReader {
  /** OSV's archive of all records about PyPI (OSV's documentation, "Data dumps"). */
  static final String OSV = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip";

  private static final String NONE = "none";

  private AdvisoriesReader() {}

  static AdvisorySettings read(TableReader table, Path folder, List<UpstreamSettings> upstreams) {
    AdvisorySettings standard = AdvisorySettings.BUILT_IN;
    String source =
        table
            .find(Setting.ADVISORIES_SOURCE, text -> source(folder, text))
            .orElse(standard(upstreams));
    return new AdvisorySettings(
        source.equals(NONE) ? null : source,
        table.find(Setting.ADVISORIES_REFRESH, Durations::parsePositive).orElse(standard.refresh()),
        table
            .find(Setting.ADVISORIES_BUILT_IN, Boolean.class, "true or false")
            .orElse(standard.builtIn()));
  }

  private static String standard(List<UpstreamSettings> upstreams) {
    return asksTheInternet(upstreams) ? OSV : NONE;
  }

  /** An index that asks nobody there for artifacts does not ask for anything else there. */
  static boolean asksTheInternet(List<UpstreamSettings> upstreams) {
    return upstreams.stream().anyMatch(upstream -> upstream.url().getScheme().equals("https"));
  }

  private static String source(Path folder, String text) {
    boolean address = text.startsWith("https://") || text.startsWith("http://");
    return address || text.equals(NONE) ? text : folder.resolve(text).normalize().toString();
  }
}
