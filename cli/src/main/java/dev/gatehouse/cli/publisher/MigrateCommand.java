package dev.gatehouse.cli.publisher;

import dev.gatehouse.cli.configuration.CacheFolder;
import dev.gatehouse.cli.index.IndexAddress;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.OutputFile;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.comparison.remote.RemoteLimits;
import dev.gatehouse.comparison.remote.RemoteRepositories;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.provenance.workflow.Migration;
import dev.gatehouse.provenance.workflow.PublisherCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse publisher migrate}: its options, the order of its steps, and how it ends. */
@Command(
    name = "migrate",
    description = {
      "Prints a patch that lets a repository's workflows publish without tokens: a job that builds, one that",
      "publishes by its identity, actions pinned to commits; and what to enter in the publisher's form."
    },
    footer = {
      "",
      "Exit codes: 0 done, nothing of high severity is left; 1 such findings are left; 2 the command line is",
      "wrong; 3 a digest is missing, or something could not be read, changed or written."
    },
    sortOptions = false)
final class MigrateCommand implements Callable<Integer> {
  /** A list of refs is a few megabytes at most. */
  private static final RemoteLimits LIMITS = new RemoteLimits(64L << 20, Duration.ofMinutes(1));

  private final Map<String, String> environment;
  private final Function<String, URI> forge;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "REPOSITORY",
      arity = "0..1",
      description = "the folder of a repository (default: this folder)")
  private Path folder = Path.of("");

  @Option(
      names = "--write",
      description = "change the workflows in place, and print what is left to do")
  private boolean write;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the patch there, and print what is left to do")
  private @Nullable Path output;

  @Option(
      names = "--pin",
      paramLabel = "NAME=DIGEST",
      description =
          "OWNER/ACTION@REF=COMMIT or IMAGE=sha256:..., which is then not looked up; may be repeated")
  private List<String> pins = List.of();

  @Option(names = "--pins", paramLabel = "FILE", description = "a file with one such pin a line")
  private @Nullable Path pinsFile;

  @Option(
      names = "--offline",
      description = "look up no digest; what has none stays unpinned, and the exit code is 3")
  private boolean offline;

  @Option(
      names = "--trusted-index",
      paramLabel = "URL",
      description =
          "a private index that takes trusted publishing, such as a Gatehouse: uploads to it are migrated,"
              + " too; may be repeated")
  private List<String> trusted = List.of();

  @Option(
      names = "--repository",
      paramLabel = "OWNER/NAME",
      description = "its name on the forge (default: what .git/config calls origin)")
  private @Nullable String named;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "where [outbound] says how others are asked (default: gatehouse.toml)")
  private @Nullable Path config;

  /**
   * @param environment where the terminal and proxies are looked up
   * @param forge gives the address of the repository {@code owner/name} of an action
   */
  MigrateCommand(Map<String, String> environment, Function<String, URI> forge) {
    this.environment = environment;
    this.forge = forge;
  }

  @Override
  public Integer call() throws IOException {
    OutputFile file = output == null ? null : new OutputFile("the patch", output);
    Map<String, String> given = GivenPins.read(pins, pinsFile);
    Optional<ForgeRepository> origin = origin();
    Repository repository = Repository.read(folder);
    Migration migration;
    try (Outbound outbound = IndexAddress.of(null).outbound(environment, config)) {
      RemoteRepositories remote =
          new RemoteRepositories(
              outbound,
              CacheFolder.of(environment).resolve("sources"),
              LIMITS,
              InstantSource.system());
      migration =
          Migration.of(
              repository.shown(),
              repository.files(),
              new PublisherCheck(Repository.addresses(trusted)),
              new RemoteDigests(given, remote, forge, offline, this::note));
    }
    if (file != null) {
      file.write(
          out -> {
            out.write(migration.patch());
            out.flush();
          });
    }
    if (write) {
      migration.changed().forEach((path, text) -> write(folder.resolve(path), text));
    }
    print(migration, origin);
    return ended(migration).code();
  }

  private Optional<ForgeRepository> origin() {
    if (named == null) {
      return ForgeRepository.ofOrigin(folder);
    }
    Optional<ForgeRepository> given = ForgeRepository.of(named);
    if (given.isEmpty()) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not use --repository %s: it is no OWNER/NAME.".formatted(Printable.of(named, 200)),
          "Give it as the address of its page has it.");
    }
    return given;
  }

  private static void write(Path path, String text) {
    new OutputFile("the workflow", path)
        .write(
            out -> {
              out.write(text);
              out.flush();
            });
  }

  private void print(Migration migration, Optional<ForgeRepository> origin) {
    PrintWriter out = commandLine().getOut();
    if (output == null && !write) {
      out.print(migration.patch());
    }
    new MigrationGuide(migration, origin, write, output).lines().forEach(out::println);
    out.flush();
    if (out.checkError()) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not write the whole patch: standard output was closed or is full.",
          "Write it to a file with --output.");
    }
  }

  private static ExitCode ended(Migration migration) {
    boolean incomplete =
        !migration.unpinned().isEmpty()
            || !migration.left().isEmpty()
            || !migration.after().problems().isEmpty();
    if (incomplete) {
      return ExitCode.INCOMPLETE;
    }
    return migration.after().findings().stream()
            .anyMatch(finding -> finding.severity().isAtLeast(Severity.HIGH))
        ? ExitCode.FOUND
        : ExitCode.DONE;
  }

  private void note(String sentence) {
    if (Terminal.of(environment).err()) {
      commandLine().getErr().println(sentence);
      commandLine().getErr().flush();
    }
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
