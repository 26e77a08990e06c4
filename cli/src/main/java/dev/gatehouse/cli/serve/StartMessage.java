package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.configuration.Configuration;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.upstream.UpstreamSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a person reads when the server has started: what runs, and how to point clients at it. */
final class StartMessage {
  private StartMessage() {}

  /**
   * The lines of the message.
   *
   * @param address the server's, as it is reached from this machine
   * @param fileRead whether there was a configuration file
   */
  static List<String> of(
      String version,
      URI address,
      Configuration configuration,
      ConfigurationFile file,
      boolean fileRead) {
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
