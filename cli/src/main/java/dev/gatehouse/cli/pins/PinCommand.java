package dev.gatehouse.cli.pins;

import dev.gatehouse.cli.index.IndexAddress;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.cli.report.Progress;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.reading.PinFileReader;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import dev.gatehouse.pins.write.KnownVersions;
import dev.gatehouse.upstream.Upstreams;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse pin}: its options, the order of its steps, and how it ends. */
@Command(
    name = "pin",
    description = {
      "Writes a requirements file exact and hash-locked: versions that are exact stay, the hashes of all",
      "their files are added, and everything else in the file stays as it is."
    },
    footer = {
      "",
      "Exit codes: 0 all is pinned; 1 something could not be pinned, and is listed; 2 the command line is",
      "wrong; 3 the file could not be read or written, or the index or pip could not be asked."
    },
    sortOptions = false)
public final class PinCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description =
          "a requirements file, changed in place; a pyproject.toml or a lock needs --output")
  private @Nullable Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write there, and leave FILE as it is")
  private @Nullable Path output;

  @Option(
      names = "--index-url",
      paramLabel = "URL",
      description = "the index whose files are hashed: a Gatehouse or another (default: PyPI)")
  private @Nullable String indexUrl;

  @Option(
      names = "--from",
      paramLabel = "SOURCE",
      description =
          "take versions that are open from an environment (read, not run), a lock file or the output of"
              + " pip freeze")
  private @Nullable Path from;

  @Option(
      names = "--resolve",
      description =
          "let pip settle the versions that are open, and what they require, from wheels alone")
  private boolean resolve;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      defaultValue = "python3",
      description = "the Python whose pip resolves, and for which (default: python3)")
  private String python = "python3";

  @Option(
      names = "--only-admitted",
      description = "leave out files that the Gatehouse holds or refuses")
  private boolean onlyAdmitted;

  @Option(
      names = "--to",
      paramLabel = "requirements|pylock",
      defaultValue = "requirements",
      description =
          "what to write; pylock is pylock.toml (PEP 751), beside FILE (default: requirements)")
  private Form to = Form.requirements;

  @Option(names = "--quiet", description = "print only what could not be pinned")
  private boolean quiet;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "where [outbound] says how the index is asked (default: gatehouse.toml)")
  private @Nullable Path config;

  /** What is written. Named as it is typed. */
  enum Form {
    requirements,
    pylock
  }

  /**
   * @param environment where proxies and the variables of requirements are looked up
   */
  public PinCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    if (resolve && from != null) {
      throw wrongUse("Could not combine --from with --resolve: each of them settles the versions.");
    }
    IndexAddress index = IndexAddress.of(indexUrl);
    PinFile pinned = read(Objects.requireNonNull(file));
    Path target = target(pinned);
    SourceText source = source(pinned);
    try (Outbound outbound = index.outbound(environment, config)) {
      PinRun run =
          new PinRun(
              pinned,
              source,
              this::variable,
              Upstreams.open(index.settings(), outbound),
              onlyAdmitted,
              progress(index));
      run.settle(known(pinned, run, index));
      PinRun.Written written =
          switch (to) {
            case requirements -> run.requirements();
            case pylock -> run.pylock(index.url());
          };
      return finish(written, target);
    }
  }

  private PinFile read(Path path) {
    try {
      return new PinFileReader(this::variable).read(path);
    } catch (PinFileException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read it: " + e.getMessage() + ".",
          "Nothing was written.");
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  private Path target(PinFile pinned) {
    if (output != null) {
      return output;
    }
    if (to == Form.pylock) {
      return pinned.path().resolveSibling("pylock.toml");
    }
    if (pinned.format() != Format.REQUIREMENTS) {
      throw wrongUse(
          "Could not change a %s in place: it has no room for hashes. Name a requirements file with --output, or write a pylock.toml with --to pylock."
              .formatted(pinned.format().text()));
    }
    return pinned.path();
  }

  /** The requirements file that is changed; of another format the one that says the same. */
  private static SourceText source(PinFile pinned) {
    if (pinned.format() == Format.REQUIREMENTS) {
      return SourceText.read(pinned.path());
    }
    String lines =
        pinned.requirements().stream()
            .filter(PipResolver::wants)
            .map(requirement -> PinLine.of(requirement) + "\n")
            .collect(Collectors.joining());
    return SourceText.of(pinned.path(), lines.getBytes(StandardCharsets.UTF_8));
  }

  private KnownVersions known(PinFile pinned, PinRun run, IndexAddress index)
      throws IOException, InterruptedException {
    if (resolve) {
      return new PipResolver(python, index, environment).resolve(pinned, run::canBeResolved);
    }
    if (from == null) {
      return KnownVersions.of("nothing", Map.of());
    }
    if (!Files.isDirectory(from)) {
      return KnownVersions.of(read(from));
    }
    try {
      return KnownVersions.ofEnvironment(from);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not take versions from " + from + ": " + Reasons.of(e) + ".",
          "Name an environment, a lock file or the output of pip freeze with --from.");
    }
  }

  private Progress progress(IndexAddress index) {
    Terminal terminal = Terminal.of(environment);
    return new Progress(
        terminal.err() && !quiet ? commandLine().getErr() : null,
        terminal.columns(),
        "Asking " + index.settings().name() + " ...",
        System::nanoTime);
  }

  private int finish(PinRun.Written written, Path target) {
    PrintWriter out = commandLine().getOut();
    byte[] content = written.content();
    if (content != null && !isThere(target, content)) {
      if (written.loosened() && target.equals(file)) {
        keep(target);
      }
      WholeFile.write(target, content);
    }
    if (!quiet) {
      written.summary().forEach(line -> out.println(Printable.of(target + ": " + line, 1000)));
    }
    if (!written.open().isEmpty()) {
      out.println("Not pinned:");
      written.open().forEach(line -> out.println("  " + Printable.of(line, 1000)));
    }
    out.flush();
    return (written.unanswered()
            ? ExitCode.INCOMPLETE
            : written.open().isEmpty() ? ExitCode.DONE : ExitCode.FOUND)
        .code();
  }

  private static boolean isThere(Path target, byte[] content) {
    try {
      return Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), content);
    } catch (IOException e) {
      // Writing it will fail for the same reason, and says so.
      return false;
    }
  }

  /** What was open goes to {@code requirements.in}, as pip-compile has it, unless that is there. */
  private static void keep(Path target) {
    String name = target.getFileName().toString();
    String stem = name.endsWith(".txt") ? name.substring(0, name.length() - 4) : name;
    Path kept = target.resolveSibling(stem + ".in");
    if (!Files.exists(kept)) {
      try {
        WholeFile.write(kept, Files.readAllBytes(target));
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.INCOMPLETE,
            "Could not keep what was open in " + kept + ": " + Reasons.of(e) + ".",
            "Nothing was written.");
      }
    }
  }

  private CommandFailure wrongUse(String sentence) {
    return new CommandFailure(ExitCode.WRONG_USE, sentence, "Try: gatehouse pin --help");
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
