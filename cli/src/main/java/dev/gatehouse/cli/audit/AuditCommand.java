package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.advisories.AdvisorySettings;
import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.report.Progress;
import dev.gatehouse.cli.report.ReportOptions;
import dev.gatehouse.cli.report.ReportOptions.Delivery;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.TargetReport;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Mixin private ReportOptions reporting = new ReportOptions();

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
          commandLine(), "Invalid value for option '--jobs': must be at least 1, not " + jobs);
    }
    Delivery delivery = reporting.delivery(commandLine(), environment);
    Report report = new Report(version, audited(delivery));
    int code = delivery.deliver(report);
    if (submit) {
      submit(report, delivery);
    }
    return code;
  }

  /** After the report was written: a server that is down takes nothing of it away. */
  private void submit(Report report, Delivery delivery) {
    InstalledInventory inventory = InstalledInventory.of(report, targets.isEmpty());
    inventory.submit(host(), members -> server.ask(environment, s -> s.post("inventory", members)));
    delivery.note(inventory.summary());
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
    RulePages pages = RulePages.ofAllRules();
    PrintWriter out = commandLine().getOut();
    out.print(rule.equals("list") ? pages.list() : pages.page(rule));
    out.flush();
    return ExitCode.DONE.code();
  }

  private List<TargetReport> audited(Delivery delivery) throws Exception {
    Progress progress = delivery.progress("Looking for what to audit ...");
    try (AuditRun run = new AuditRun(jobs, progress)) {
      Inspectors inspectors =
          factory.open(new AdvisorySettings(advisories, strict, server.config(), environment));
      inspectors.notes().forEach(delivery::note);
      List<Task> tasks = run.waitFor(() -> new TargetSearch(inspectors, Path.of("")).find(targets));
      return run.run(tasks);
    }
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
