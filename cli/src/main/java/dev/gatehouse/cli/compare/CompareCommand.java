package dev.gatehouse.cli.compare;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.cli.report.ReportOptions;
import dev.gatehouse.cli.report.ReportOptions.Delivery;
import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.SourceComparison;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.SourceLimits;
import dev.gatehouse.comparison.source.SourceLocation;
import dev.gatehouse.findings.Report;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse compare}: its options, the order of its steps, and how it ends. */
@Command(
    name = "compare",
    description = {
      "Holds a wheel or sdist against the source that it claims to come from, and explains every",
      "difference. Nothing of the source is checked out and nothing of it is run."
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

  @Parameters(paramLabel = "ARTIFACT", description = "a wheel or an sdist")
  private @Nullable Path artifact;

  @Option(
      names = "--source",
      paramLabel = "DIR",
      required = true,
      description = "a git repository, bare or not, a git bundle, or a plain folder")
  private @Nullable Path source;

  @Option(
      names = "--ref",
      paramLabel = "REF",
      description =
          "the tag, branch or commit to compare with (default: the tag of the version that has most of"
              + " its files, or else what is nearest to it)")
  private @Nullable String ref;

  @Mixin private ReportOptions reporting = new ReportOptions();

  /**
   * @param environment where the terminal is looked up
   * @param version this program's
   */
  public CompareCommand(Map<String, String> environment, String version) {
    this.environment = environment;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    Delivery delivery = reporting.delivery(commandLine(), environment);
    Comparison comparison =
        compare(Objects.requireNonNull(artifact), Objects.requireNonNull(source));
    return delivery.deliver(new Report(version, List.of(comparison.report())));
  }

  private Comparison compare(Path file, Path place) {
    InstantSource clock = InstantSource.system();
    SourceComparison comparison =
        new SourceComparison(
            new Inspector(KnownBad.builtIn(), Limits.DEFAULT, clock), Limits.DEFAULT, clock);
    try (Source opened = Source.open(SourceLocation.of(place), SourceLimits.DEFAULT, clock);
        SeekableByteChannel bytes = Files.newByteChannel(file)) {
      return comparison.compare(file.toString(), file.getFileName().toString(), bytes, opened, ref);
    } catch (SourceException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          String.valueOf(e.getMessage()),
          "Name a git repository, a git bundle or a folder with --source.");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read %s: %s".formatted(file, Reasons.of(e)),
          "Name a wheel or an sdist.");
    }
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
