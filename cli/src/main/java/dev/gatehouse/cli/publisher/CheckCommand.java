package dev.gatehouse.cli.publisher;

import dev.gatehouse.cli.report.ReportOptions;
import dev.gatehouse.cli.report.ReportOptions.Delivery;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.provenance.workflow.PublisherCheck;
import java.nio.file.Path;
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

/** {@code gatehouse publisher check}: its options, and how it ends. */
@Command(
    name = "check",
    description = {
      "Tells what in a repository's workflows keeps it from publishing without tokens and with attestations,",
      "and what could leak the tokens that remain. Reads GitHub Actions and GitLab CI; nothing is run."
    },
    footer = {
      "",
      "Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 the command line is wrong;",
      "3 a workflow could not be read, or there is none, and nothing else is at or above it."
    },
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final String version;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "REPOSITORY",
      arity = "0..1",
      description = "the folder of a repository (default: this folder)")
  private Path repository = Path.of("");

  @Option(
      names = "--trusted-index",
      paramLabel = "URL",
      description =
          "a private index that takes trusted publishing, such as a Gatehouse: uploads to it by token are"
              + " told, too; may be repeated")
  private List<String> trusted = List.of();

  @Mixin private ReportOptions reporting = new ReportOptions();

  CheckCommand(Map<String, String> environment, String version) {
    this.environment = environment;
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    Delivery delivery = reporting.delivery(commandLine, environment);
    Repository read = Repository.read(repository);
    TargetReport report =
        new PublisherCheck(Repository.addresses(trusted)).check(read.shown(), read.files());
    if (report.details().get("uploads") instanceof List<?> uploads
        && uploads.isEmpty()
        && report.problems().isEmpty()) {
      delivery.note("None of its workflows is seen to upload to an index.");
    }
    return delivery.deliver(new Report(version, List.of(report)));
  }
}
