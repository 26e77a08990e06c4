package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.configuration.Configuration;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.VettingRules;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person reads when the server has started: what runs, and how to point clients at it. */
final class StartMessage {
  private StartMessage() {}

  /**
   * The lines of the message.
   *
   * @param address the server's, as it is reached from this machine
   * @param fileRead whether there was a configuration file
   * @param snapshot the snapshot that is served alone; empty: none is
   */
  static List<String> of(
      String version,
      URI address,
      Configuration configuration,
      ConfigurationFile file,
      boolean fileRead,
      Optional<String> snapshot) {
    List<String> lines = new ArrayList<>();
    lines.add("Gatehouse " + version + " serves " + address);
    lines.add("");
    lines.add("  data       " + configuration.index().data());
    lines.add(
        "  settings   "
            + (fileRead
                ? file.path() + ", followed while running"
                : "the defaults; there is no " + file.path()));
    lines.add(
        "  mode       "
            + configuration.policy().mode().text()
            + ": "
            + configuration.policy().mode().meaning());
    lines.addAll(vetting(configuration));
    snapshot.ifPresent(
        name ->
            lines.add(
                "  snapshot   "
                    + name
                    + " and nothing else, until: gatehouse snapshot use --none"));
    String label = "  upstreams  ";
    for (UpstreamSettings upstream : configuration.upstreams()) {
      lines.add(label + upstream.name() + "  " + upstream.url() + projects(upstream));
      label = " ".repeat(label.length());
    }
    lines.add("  reading    " + reading(configuration.index().anonymous()));
    for (Pointer pointer : Pointer.all(address, configuration.index())) {
      lines.add("");
      lines.addAll(pointer.lines());
    }
    lines.add("");
    return lines;
  }

  private static List<String> vetting(Configuration configuration) {
    List<String> lines = new ArrayList<>();
    VettingRules rules = configuration.policy().vetting();
    if (configuration.policy().mode() == Mode.VETTED) {
      lines.add(
          rules.minimumAge().isZero()
              ? "  age        does not matter"
              : "  age        %s; younger files with %d approvers"
                  .formatted(days(rules.minimumAge()), rules.ageApprovers()));
      if (!rules.inspect()) {
        lines.add("  inspection none: artifacts leave without being looked at");
      }
    }
    String source = configuration.advisories().source();
    lines.add(
        "  advisories " + (source == null ? "none but the incidents that are built in" : source));
    return lines;
  }

  private static String days(Duration age) {
    return age.toHoursPart() == 0 && age.toMinutesPart() == 0 && age.toSecondsPart() == 0
        ? age.toDays() + (age.toDays() == 1 ? " day" : " days")
        : age.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String projects(UpstreamSettings upstream) {
    return upstream.projects().isEmpty()
        ? ""
        : "  (only "
            + upstream.projects().stream()
                .map(ProjectPattern::text)
                .collect(Collectors.joining(", "))
            + ")";
  }

  private static String reading(AnonymousReading anonymous) {
    return switch (anonymous) {
      case LOOPBACK -> "from this machine without a token, from others with one";
      case EVERYONE -> "by everyone, without a token";
      case NOBODY -> "with a token only";
    };
  }
}
