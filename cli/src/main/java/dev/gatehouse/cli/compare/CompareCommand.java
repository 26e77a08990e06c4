package dev.gatehouse.cli.compare;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.cli.configuration.CacheFolder;
import dev.gatehouse.cli.index.IndexAddress;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.cli.report.ReportOptions;
import dev.gatehouse.cli.report.ReportOptions.Delivery;
import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.SourceComparison;
import dev.gatehouse.comparison.SourceSearch;
import dev.gatehouse.comparison.page.ComparisonPage;
import dev.gatehouse.comparison.remote.RemoteLimits;
import dev.gatehouse.comparison.remote.RemoteRepositories;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Report;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse compare}: its options, the order of its steps, and how it ends. */
@Command(
    name = "compare",
    description = {
      "Holds a wheel or sdist against the source that it claims to come from, or against another",
      "artifact, and explains every difference. Nothing is checked out and nothing is run."
    },
    footer = {
      "",
      "Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 the command line is wrong;",
      "3 something was not compared, and what was compared has nothing at or above it."
    },
    sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final String version;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "ARTIFACT",
      index = "0",
      description = "a wheel or an sdist, or PROJECT==VERSION, which is fetched from the index")
  private String artifact = "";

  @Parameters(
      paramLabel = "OTHER",
      arity = "0..1",
      index = "1",
      description =
          "another artifact that it is held against in place of a source: its sdist, the version before")
  private @Nullable String other;

  @Option(
      names = "--source",
      paramLabel = "REPOSITORY",
      description =
          "a git repository, bare or not, its address, a git bundle, or a plain folder (default: the"
              + " repository that its attestation names, or else its metadata)")
  private @Nullable String source;

  @Option(
      names = "--ref",
      paramLabel = "REF",
      description =
          "the tag, branch or commit to compare with (default: the tag of the version that has most of"
              + " its files, or else what is nearest to it)")
  private @Nullable String ref;

  @Option(
      names = "--provenance",
      paramLabel = "FILE",
      description =
          "an attestation or provenance object, whose certificate names repository and commit"
              + " (default: what lies beside the artifact, or what the index has)")
  private @Nullable Path provenance;

  @Option(
      names = "--index-url",
      paramLabel = "URL",
      description = "the index that has PROJECT==VERSION (default: PyPI)")
  private @Nullable String indexUrl;

  @Mixin private ReportOptions reporting = new ReportOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "where [outbound] says how others are asked (default: gatehouse.toml)")
  private @Nullable Path config;

  /**
   * @param environment where the terminal, proxies and the cache are looked up
   * @param version this program's
   */
  public CompareCommand(Map<String, String> environment, String version) {
    this.environment = environment;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    if (other != null && (source != null || ref != null || provenance != null)) {
      throw new ParameterException(
          commandLine(),
          "Could not combine OTHER with --source, --ref or --provenance: it is the source.");
    }
    if (source != null && provenance != null) {
      throw new ParameterException(
          commandLine(), "Could not combine --provenance with --source: each names the source.");
    }
    List<Comparison> comparisons = new ArrayList<>();
    Delivery delivery =
        reporting.delivery(
            commandLine(),
            environment,
            (_, out) -> ComparisonPage.write(comparisons, version, out));
    IndexAddress address = IndexAddress.of(indexUrl);
    InstantSource clock = InstantSource.system();
    try (Outbound outbound = address.outbound(environment, config);
        TemporaryFolder folder = TemporaryFolder.make()) {
      RemoteRepositories remote =
          new RemoteRepositories(
              outbound,
              CacheFolder.of(environment).resolve("sources"),
              RemoteLimits.DEFAULT,
              clock);
      SourceComparison comparison =
          new SourceComparison(
              new Inspector(KnownBad.builtIn(), Limits.DEFAULT, clock), Limits.DEFAULT, clock);
      Comparing comparing =
          new Comparing(
              comparison,
              new SourceSearch(remote, comparison, clock, delivery::note),
              source,
              ref,
              provenance,
              clock.instant());
      VersionFiles index = new VersionFiles(address, outbound);
      List<Subject> others = other == null ? List.of() : subjects(other, index, folder.path());
      for (Subject subject : subjects(artifact, index, folder.path())) {
        comparisons.add(compared(comparing, subject, others));
      }
      return delivery.deliver(
          new Report(version, comparisons.stream().map(Comparison::report).toList()));
    }
  }

  private static List<Subject> subjects(String named, VersionFiles index, Path folder)
      throws IOException {
    int equals = named.indexOf("==");
    if (equals < 0 || Files.exists(Path.of(named))) {
      if (!Files.isRegularFile(Path.of(named))) {
        throw new CommandFailure(
            ExitCode.INCOMPLETE,
            "Could not read %s: there is no such file.".formatted(Printable.of(named, 300)),
            "Name a wheel or an sdist, or a version such as litellm==1.82.6.");
      }
      return List.of(new Subject(Path.of(named), named));
    }
    try {
      return index.fetch(
          ProjectName.parse(named.substring(0, equals).strip()),
          Version.parse(named.substring(equals + 2).strip()),
          folder);
    } catch (MalformedException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not tell what to compare: " + e.getMessage() + ".",
          "Name a file, or a version such as litellm==1.82.6.");
    }
  }

  /** What cannot be compared is told in the report, beside what can. */
  private static Comparison compared(Comparing comparing, Subject subject, List<Subject> others)
      throws InterruptedException {
    try {
      return others.isEmpty()
          ? comparing.withSource(subject)
          : comparing.withOther(subject, like(subject, others));
    } catch (SourceException e) {
      return uncompared(
          subject,
          e.getMessage()
              + " Name a git repository, its address, a git bundle or a folder with --source.");
    } catch (MalformedException e) {
      return uncompared(
          subject, "Could not be read: %s. Name a wheel or an sdist.".formatted(e.getMessage()));
    } catch (IOException e) {
      return uncompared(
          subject, "Could not be read: %s. Name a wheel or an sdist.".formatted(Reasons.of(e)));
    }
  }

  private static Comparison uncompared(Subject subject, String problem) {
    return Comparison.uncompared(subject.name(), null, "", List.of(), problem);
  }

  /** A wheel is held against a wheel, where there is one. */
  private static Subject like(Subject subject, List<Subject> others) {
    return others.stream()
        .filter(each -> each.isWheel() == subject.isWheel())
        .findFirst()
        .orElse(others.getFirst());
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
