package dev.gatehouse.cli.provenance;

import dev.gatehouse.cli.configuration.CacheFolder;
import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.configuration.SigstoreSettings;
import dev.gatehouse.cli.index.IndexAddress;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.OutputFile;
import dev.gatehouse.cli.report.ReportOptions;
import dev.gatehouse.cli.report.ReportOptions.Delivery;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.provenance.continuity.Baseline;
import dev.gatehouse.provenance.continuity.Continuity;
import dev.gatehouse.provenance.identity.PublisherPattern;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.provenance.policy.ProvenanceRule;
import dev.gatehouse.provenance.refresh.TufRepository;
import dev.gatehouse.provenance.report.ProjectHistory;
import dev.gatehouse.upstream.Upstreams;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

/** {@code gatehouse verify}: its options, the order of its steps, and how it ends. */
@Command(
    name = "verify",
    description = {
      "Verifies the attestations of artifacts (PEP 740): who published them, from which commit, by which",
      "workflow; and whether that goes on from version to version. Files need no network."
    },
    footer = {
      "",
      "An artifact without an attestation is no finding, unless the policy asks for one or versions before",
      "it had one. An attestation does not make an artifact harmless: it says where it comes from.",
      "",
      "Exit codes: 0 nothing at or above --fail-on; 1 findings at or above it; 2 the command line or the",
      "configuration is wrong; 3 something could not be read, reached or verified."
    },
    sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final String version;
  private final InstantSource clock;
  private final Supplier<TufRepository> repository;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "ARTIFACT",
      arity = "0..*",
      description =
          "wheels and sdists, or PROJECT==VERSION, whose provenance is fetched from the index; with"
              + " --history: projects")
  private List<String> targets = List.of();

  @Option(
      names = "--provenance",
      paramLabel = "FILE",
      description =
          "the provenance object or the attestation of the file, once for each, in their order"
              + " (default: FILE.provenance, FILE.publish.attestation and the like beside it)")
  private List<Path> provenance = List.of();

  @Option(
      names = {"-r", "--requirement"},
      paramLabel = "FILE",
      description = "all that a requirements or lock file settles on")
  private List<Path> requirements = List.of();

  @Option(
      names = "--history",
      description = "tell of each version of the projects who published it, and what changed")
  private boolean history;

  @Option(
      names = "--last",
      paramLabel = "NUMBER",
      description = "with --history: look at this many of the newest versions alone (default: all)")
  private @Nullable Integer last;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "hold versions against the publishers that are written down there")
  private @Nullable Path baselineFile;

  @Option(
      names = "--write-baseline",
      paramLabel = "FILE",
      description =
          "with --history: write down who published the newest attested version; other projects of the"
              + " file stay")
  private @Nullable Path baselineOutput;

  @Option(
      names = "--require-attestation",
      description = "artifacts without an attestation are findings")
  private boolean requireAttestation;

  @Option(
      names = "--publisher",
      paramLabel = "PUBLISHER",
      converter = PublisherWord.class,
      description =
          "who has to have published, such as github:OWNER/REPOSITORY or"
              + " github:OWNER/REPOSITORY/.github/workflows/FILE; of several, any")
  private List<PublisherPattern> publishers = List.of();

  @Option(
      names = "--trusted-root",
      paramLabel = "FILE",
      description =
          "a trusted_root.json of Sigstore (default: that of [sigstore], else the newest that is known of"
              + " the public instance's)")
  private @Nullable Path trustedRoot;

  @Option(
      names = "--no-refresh",
      description =
          "do not ask the public Sigstore instance for a newer trusted root, which is done once a day for"
              + " at most 3 s")
  private boolean noRefresh;

  @Option(
      names = "--index-url",
      paramLabel = "URL",
      description = "the index that is asked (default: PyPI)")
  private @Nullable String indexUrl;

  @Mixin private ReportOptions reporting = new ReportOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "where [[provenance]] and [sigstore] say what is asked and [outbound] how (default:"
              + " gatehouse.toml)")
  private @Nullable Path config;

  /**
   * @param environment where the terminal and proxies are looked up
   * @param version this program's
   */
  public VerifyCommand(Map<String, String> environment, String version) {
    this(environment, version, InstantSource.system(), TufRepository::publicInstance);
  }

  VerifyCommand(
      Map<String, String> environment,
      String version,
      InstantSource clock,
      Supplier<TufRepository> repository) {
    this.environment = environment;
    this.version = version;
    this.clock = clock;
    this.repository = repository;
  }

  @Override
  public Integer call() throws Exception {
    checkCombination();
    Delivery delivery = reporting.delivery(commandLine(), environment);
    ProvenancePolicy policy = policy();
    Baseline baseline = BaselineFile.read(baselineFile);
    IndexAddress address = IndexAddress.of(indexUrl);
    TrustRootChoice root =
        new TrustRootChoice(
            sigstore(),
            repository,
            CacheFolder.of(environment).resolve("trusted-root"),
            IndexAddress.outboundSettings(environment, config));
    try (Outbound outbound = address.outbound(environment, config);
        Verifying verifying =
            new Verifying(
                () -> root.read(clock.instant()),
                clock,
                delivery.progress("Asking " + address.settings().name() + " ..."))) {
      IndexVersions index =
          new IndexVersions(Upstreams.open(address.settings(), outbound), verifying);
      if (history) {
        return delivery.deliver(new Report(version, histories(index, verifying, baseline)));
      }
      Targets all = new Targets(policy, baseline, index, verifying, environment);
      return delivery.deliver(new Report(version, all.reports(targets, provenance, requirements)));
    }
  }

  private List<TargetReport> histories(IndexVersions index, Verifying verifying, Baseline baseline)
      throws Exception {
    List<TargetReport> reports = new ArrayList<>();
    List<Baseline.Entry> entries = new ArrayList<>();
    for (String target : targets) {
      ProjectHistory found = index.history(project(target), last);
      Continuity.baseline(found.project(), found.versions()).ifPresent(entries::add);
      Optional<Baseline.Entry> expected = baseline.find(found.project());
      reports.add(found.report(expected, verifying.root(), clock.instant()));
    }
    if (baselineOutput != null) {
      String text = BaselineFile.readIfThere(baselineOutput).with(entries).text();
      new OutputFile("the baseline", baselineOutput).write(out -> out.write(text));
    }
    return reports;
  }

  private void checkCombination() {
    if (targets.isEmpty() && requirements.isEmpty()) {
      throw new ParameterException(
          commandLine(),
          "Could not verify: name a wheel or an sdist, PROJECT==VERSION, or -r requirements.txt.");
    }
    if (history && (!requirements.isEmpty() || !provenance.isEmpty() || asksForPolicy())) {
      throw new ParameterException(
          commandLine(),
          "Could not combine --history with -r, --provenance, --require-attestation or --publisher:"
              + " it takes projects.");
    }
    if (!history && (last != null || baselineOutput != null)) {
      throw new ParameterException(
          commandLine(), "Could not use --last or --write-baseline without --history.");
    }
    if (last != null && last < 1) {
      throw new ParameterException(commandLine(), "Could not use --last: it is at least 1.");
    }
    if (!provenance.isEmpty() && provenance.size() != targets.size()) {
      throw new ParameterException(
          commandLine(),
          "Could not tell whose --provenance is meant: give one for each file, in their order.");
    }
  }

  private boolean asksForPolicy() {
    return requireAttestation || !publishers.isEmpty();
  }

  private ProvenancePolicy policy() {
    ProvenancePolicy named =
        asksForPolicy()
            ? new ProvenancePolicy(
                List.of(new ProvenanceRule(List.of(), requireAttestation, publishers)))
            : ProvenancePolicy.NONE;
    return named.and(configured(ConfigurationReader::provenance));
  }

  private SigstoreSettings sigstore() {
    if (trustedRoot != null) {
      return new SigstoreSettings(trustedRoot, false);
    }
    SigstoreSettings configured = configured(ConfigurationReader::sigstore);
    return new SigstoreSettings(configured.trustedRoot(), configured.refresh() && !noRefresh);
  }

  /** Reads a part of the configuration. */
  private interface Part<T> {
    T read(Path file, String text) throws ConfigurationException;
  }

  private <T> T configured(Part<T> part) {
    ConfigurationFile file = ConfigurationFile.of(config, null);
    try {
      return part.read(file.path(), file.text().orElse(""));
    } catch (ConfigurationException e) {
      List<String> lines = new ArrayList<>();
      lines.add("Could not verify: the configuration is wrong.");
      e.problems().forEach(problem -> lines.add(problem.toString()));
      throw new CommandFailure(ExitCode.WRONG_USE, lines);
    }
  }

  private static ProjectName project(String target) {
    return ProjectName.parseIfValid(target)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.WRONG_USE,
                    "Could not tell whose history is meant: %s is no project's name."
                        .formatted(MalformedException.quoted(target)),
                    "Name a project, without a version."));
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }

  /** Reads whom the user expects. */
  static final class PublisherWord implements ITypeConverter<PublisherPattern> {
    @Override
    public PublisherPattern convert(String text) {
      try {
        return PublisherPattern.parse(text);
      } catch (MalformedException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
