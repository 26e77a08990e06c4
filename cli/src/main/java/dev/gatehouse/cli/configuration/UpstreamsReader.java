package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.upstream.UpstreamSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code [[upstream]]} tables, and sees to it that no project can have two sources. */
final class UpstreamsReader {
  static final UpstreamSettings PYPI =
      new UpstreamSettings(
          "pypi", URI.create("https://pypi.org/simple/"), null, List.of(), List.of());

  private final Path folder;
  private final CredentialsReader credentials;

  /** What was read so far, with its tables, for the problems between two of them. */
  private final List<Read> read = new ArrayList<>();

  private record Read(UpstreamSettings upstream, TableReader table) {}

  UpstreamsReader(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.credentials = new CredentialsReader(environment, folder);
  }

  List<UpstreamSettings> read(List<TableReader> tables) {
    for (TableReader table : tables) {
      upstream(table).ifPresent(upstream -> add(upstream, table));
    }
    return read.stream().map(Read::upstream).toList();
  }

  private Optional<UpstreamSettings> upstream(TableReader table) {
    Optional<String> name = table.require(Setting.NAME, UpstreamsReader::name);
    Optional<URI> url = table.require(Setting.URL, text -> UpstreamAddress.parse(text, folder));
    Optional<Secret> secret = table.find(Setting.CREDENTIALS, credentials::parse);
    List<ProjectPattern> projects = table.list(Setting.PROJECTS, ProjectPattern::parse);
    List<String> privateHosts = table.list(Setting.PRIVATE_HOSTS, UpstreamsReader::host);
    boolean projectsAreBroken = projects.isEmpty() && table.has(Setting.PROJECTS);
    if (name.isEmpty() || url.isEmpty() || projectsAreBroken) {
      return Optional.empty();
    }
    if (table.has(Setting.CREDENTIALS)) {
      checkThatSecretsMayGoTo(url.get(), table);
    }
    return Optional.of(
        new UpstreamSettings(name.get(), url.get(), secret.orElse(null), projects, privateHosts));
  }

  private void add(UpstreamSettings upstream, TableReader table) {
    for (Read other : read) {
      String earlier = "%s (line %d)".formatted(other.upstream.name(), other.table.line());
      if (upstream.name().equals(other.upstream.name())) {
        table.problem(
            Setting.NAME,
            "is the name of the upstream in line " + other.table.line() + " too; names are unique");
      }
      if (upstream.projects().isEmpty() && other.upstream.projects().isEmpty()) {
        table.problem(
            "%s has no projects, and neither has %s: at most one upstream is asked for everything else; give one of them projects"
                .formatted(upstream.name(), earlier));
      }
      for (ProjectPattern pattern : upstream.projects()) {
        for (ProjectPattern claimed : other.upstream.projects()) {
          if (pattern.overlaps(claimed)) {
            table.problem(
                Setting.PROJECTS,
                "%s overlaps %s of the upstream %s; a project is asked of one upstream only"
                    .formatted(quoted(pattern.text()), quoted(claimed.text()), earlier));
          }
        }
      }
    }
    read.add(new Read(upstream, table));
  }

  /** A password goes over plain HTTP to this very machine at most. */
  private static void checkThatSecretsMayGoTo(URI url, TableReader table) {
    switch (url.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> {}
      case "file" -> table.problem(Setting.CREDENTIALS, "a folder takes none; leave the key out");
      default -> {
        if (!LoopbackHost.matches(url.getHost())) {
          table.problem(
              Setting.CREDENTIALS,
              "would travel to http://%s unencrypted; use an https address"
                  .formatted(url.getHost()));
        }
      }
    }
  }

  private static String name(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException(
          "must be 1 to 64 letters, digits, dots, dashes or underscores, not " + quoted(text));
    }
    return text;
  }

  private static String host(String text) {
    if (!text.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\\[?[0-9A-Fa-f:.]{2,45}]?")) {
      throw new IllegalArgumentException(
          "must be a host's name or address without scheme, port or path, not " + quoted(text));
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
