package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.audit.AuditSettings.InspectorsFactory;
import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.OutputFile;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.findings.GithubReport;
import dev.gatehouse.findings.JsonReport;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.ReportWriter;
import dev.gatehouse.findings.SarifReport;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.findings.TextReport;
import dev.gatehouse.inspection.Inspector;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code gatehouse audit}: its options, the order of its steps, and how it ends. */
@Command(
    name = "audit",
    description = {
      "Shows what runs by itself in artifacts, environments and images, and what of it is malicious.",
      "Nothing that it looks at is run or unpacked, and no Python is needed."
    },
    footer = {
      "",
      "Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 the command line is wrong;",
      "3 something could not be read, and what was read has nothing at or above it."
    },
    sortOptions = false)
public final class AuditCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final String version;
  private final InspectorsFactory factory;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      description =
          "wheels, eggs, sdists, folders, environments, image archives; none: the environments of this"
              + " machine and the caches of its installers")
  private List<String> targets = List.of();

  @Option(
      names = "--format",
      paramLabel = "text|json|sarif|github",
      defaultValue = "text",
      description = "what the report is written in (default: text)")
  private Format format = Format.text;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write the report there; a file that is there is replaced by a whole one")
  private @Nullable Path output;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      converter = SeverityWord.class,
      description =
          "end with 1 where a finding is critical, high, medium, low or info, or worse (default: high)")
  private Severity failOn = Severity.HIGH;

  @Option(
      names = "--quiet",
      description =
          "no progress; and as text only what reaches --fail-on or was not read, or nothing at all")
  private boolean quiet;

  @Option(
      names = "--explain",
      arity = "0..1",
      paramLabel = "RULE",
      fallbackValue = "list",
      description = "print the page of a rule and do nothing else; without a name, list all rules")
  private @Nullable String explain;

  @Option(
      names = "--advisories",
      paramLabel = "SOURCE",
      description = "OSV records from a file, folder, zip or address; remembered for the next time")
  private @Nullable String advisories;

  @Option(
      names = "--strict",
      description = "advisories that are missing or older than 7 days make the audit incomplete")
  private boolean strict;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "how many targets to look at at once (default: as many as there are processors)")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--submit",
      description =
          "tell the server what is installed in the environments, so that gatehouse exposure can"
              + " name them")
  private boolean submit;

  @Mixin private AskOptions server = new AskOptions();

  /** What a report is written in. Named as it is typed. */
  enum Format {
    text,
    json,
    sarif,
    github
  }

  /**
   * @param environment where the terminal, proxies and home folders are looked up
   * @param version this program's
   */
  public AuditCommand(Map<String, String> environment, String version) {
    this(environment, version, EngineInspectors::open);
  }

  AuditCommand(Map<String, String> environment, String version, InspectorsFactory factory) {
    this.environment = environment;
    this.version = version;
    this.factory = factory;
  }

  @Override
  public Integer call() throws Exception {
    if (explain != null) {
      return explained(explain);
    }
    if (jobs < 1) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Invalid value for option '--jobs': must be at least 1, not " + jobs);
    }
    Terminal terminal = Terminal.of(environment);
    OutputFile file = output == null ? null : new OutputFile("the report", output);
    Report report = new Report(version, audited(terminal));
    if (file == null) {
      print(report, writer(terminal.columns(), terminal.out() && terminal.colour()));
    } else {
      ReportWriter writer = writer(100, false);
      file.write(out -> writer.write(report, out));
    }
    if (submit) {
      submit(report);
    }
    return exitCode(report).code();
  }

  /** After the report was written: a server that is down takes nothing of it away. */
  private void submit(Report report) {
    InstalledInventory inventory = InstalledInventory.of(report, targets.isEmpty());
    inventory.submit(host(), members -> server.ask(environment, s -> s.post("inventory", members)));
    if (!quiet) {
      err().println(inventory.summary());
      err().flush();
    }
  }

  private String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine whose own name resolves to nothing still has one.
      return environment.getOrDefault("HOSTNAME", "localhost");
    }
  }

  private int explained(String rule) {
    RulePages pages = new RulePages(Inspector.rules());
    out().print(rule.equals("list") ? pages.list() : pages.page(rule));
    out().flush();
    return ExitCode.DONE.code();
  }

  private List<TargetReport> audited(Terminal terminal) throws Exception {
    PrintWriter drawing = terminal.err() && !quiet ? err() : null;
    Progress progress = new Progress(drawing, terminal.columns(), System::nanoTime);
    try (AuditRun run = new AuditRun(jobs, progress)) {
      Inspectors inspectors =
          factory.open(new AuditSettings(advisories, strict, server.config(), environment));
      if (!quiet) {
        inspectors.notes().forEach(err()::println);
        err().flush();
      }
      List<Task> tasks = run.waitFor(() -> new TargetSearch(inspectors, Path.of("")).find(targets));
      return run.run(tasks);
    }
  }

  private void print(Report report, ReportWriter writer) throws IOException {
    writer.write(report, out());
    if (out().checkError()) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not write the whole report: standard output was closed or is full.",
          "Write it to a file with --output.");
    }
  }

  private ReportWriter writer(int columns, boolean colour) {
    return switch (format) {
      case text -> new TextReport(new TextReport.Style(columns, colour, quiet ? failOn : null));
      case json -> new JsonReport();
      case sarif -> new SarifReport();
      case github -> new GithubReport();
    };
  }

  /** Findings weigh more than what was not read: whoever acts on 1 acts rightly in both cases. */
  private ExitCode exitCode(Report report) {
    if (report.hasAtLeast(failOn)) {
      return ExitCode.FOUND;
    }
    return report.isIncomplete() ? ExitCode.INCOMPLETE : ExitCode.DONE;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  /** Reads {@code --fail-on}. */
  static final class SeverityWord implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String text) {
      return Severity.find(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "must be critical, high, medium, low or info, not \"" + text + "\""));
    }
  }
}
