package dev.gatehouse.cli.pins;

import dev.gatehouse.advisories.Incidents;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.cli.advisories.AdvisorySettings;
import dev.gatehouse.cli.advisories.CurrentAdvisories;
import dev.gatehouse.cli.configuration.Durations;
import dev.gatehouse.cli.index.IndexAddress;
import dev.gatehouse.cli.report.ReportOptions;
import dev.gatehouse.cli.report.ReportOptions.Delivery;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.pins.check.IndexCheck;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Upstreams;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code gatehouse check}: its options, the order of its steps, and how it ends. */
@Command(
    name = "check",
    description = {
      "Tells whether requirement and lock files are exact and hash-locked, and whether the hashes hold.",
      "Reads requirements files, pyproject.toml, pylock.toml, uv.lock, poetry.lock, pdm.lock, Pipfile.lock."
    },
    footer = {
      "",
      "Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 the command line is wrong;",
      "3 a file could not be read or the index could not be asked, and nothing else is at or above it."
    },
    sortOptions = false)
public final class CheckCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final String version;
  private final InstantSource clock;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "requirement or lock files, or folders that have some (default: this folder)")
  private List<String> targets = List.of();

  @Option(
      names = "--index-url",
      paramLabel = "URL",
      description =
          "the index that is asked, and that everything should come from: a Gatehouse, PyPI or another"
              + " simple index (default: PyPI is asked)")
  private @Nullable String indexUrl;

  @Option(
      names = "--offline",
      description = "check what needs no network, and say what is left out")
  private boolean offline;

  @Option(
      names = "--minimum-age",
      paramLabel = "TIME",
      converter = Age.class,
      defaultValue = "7d",
      description = "tell versions that were uploaded within this time (default: 7d; 0d: none)")
  private Duration minimumAge = Duration.ofDays(7);

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      converter = ReportOptions.SeverityWord.class,
      defaultValue = "high",
      description = "tell vulnerabilities of this severity or worse (default: high)")
  private Severity severity = Severity.HIGH;

  @Option(
      names = "--advisories",
      paramLabel = "SOURCE",
      description = "OSV records from a file, folder, zip or address; remembered for the next time")
  private @Nullable String advisories;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      converter = Moment.class,
      description =
          "tell instead what a fresh install at that moment (2026-03-24T11:00:00Z) would have taken, and"
              + " whether it was malware")
  private @Nullable Instant asOf;

  @Mixin private ReportOptions reporting = new ReportOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "where [outbound] says how others are asked (default: gatehouse.toml)")
  private @Nullable Path config;

  /**
   * @param environment where the terminal, proxies and the variables of requirements are looked up
   * @param version this program's
   */
  public CheckCommand(Map<String, String> environment, String version) {
    this(environment, version, InstantSource.system());
  }

  CheckCommand(Map<String, String> environment, String version, InstantSource clock) {
    this.environment = environment;
    this.version = version;
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    if (offline && asOf != null) {
      throw new ParameterException(
          commandLine, "Could not combine --as-of with --offline: upload times are the index's.");
    }
    Delivery delivery = reporting.delivery(commandLine, environment);
    IndexAddress index = IndexAddress.of(indexUrl);
    CheckedFiles files = CheckedFiles.read(PinFileSearch.find(targets), environment);
    KnownBad known = known(delivery);
    if (asOf != null) {
      files.asOf(asOf, known, ask(index, files, delivery));
    } else {
      files.offline(known, severity, index.named() ? index.url() : null);
      if (offline) {
        delivery.note(CheckedFiles.LEFT_OUT);
      } else {
        files.online(ask(index, files, delivery), clock.instant(), minimumAge);
      }
    }
    return delivery.deliver(new Report(version, files.reports(offline)));
  }

  private KnownBad known(Delivery delivery) {
    CurrentAdvisories current =
        CurrentAdvisories.of(new AdvisorySettings(advisories, false, config, environment), clock);
    current.notes().forEach(delivery::note);
    return new KnownBad(current.records(), Incidents.builtIn());
  }

  private Map<ProjectName, PageOutcome> ask(
      IndexAddress index, CheckedFiles files, Delivery delivery) throws Exception {
    Set<ProjectName> projects = new TreeSet<>();
    for (PinFile file : files.files()) {
      projects.addAll(IndexCheck.asksFor(file));
    }
    if (projects.isEmpty()) {
      return Map.of();
    }
    try (Outbound outbound = index.outbound(environment, config)) {
      return new PageQuestions(
              Upstreams.open(index.settings(), outbound),
              delivery.progress("Asking " + index.settings().name() + " ..."))
          .ask(projects, files.needed(asOf != null));
    }
  }

  /** Reads a time that something must have had. */
  static final class Age implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a moment. */
  static final class Moment implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "must be a time such as 2026-03-24T11:00:00Z, not \"" + text + "\"");
      }
    }
  }
}
