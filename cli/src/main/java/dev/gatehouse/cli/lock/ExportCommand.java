package dev.gatehouse.cli.lock;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse export}: a folder for an index that reaches no other. */
@Command(
    name = "export",
    description = {
      "Writes what a lock settles on as a folder that another Gatehouse takes as a file: upstream, with the advisories.",
      "Only what is admitted is in it; what is not inspected yet is inspected now. Needs the roles approver and reader.",
      "Ends with 1 where a file of the lock is not admitted, and with 3 where something could not be covered."
    },
    sortOptions = false)
public final class ExportCommand implements Callable<Integer> {
  private static final int MOST_LINE = 4000;

  private final Map<String, String> environment;
  private final InstantSource clock;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();

  @Option(
      names = "--lock",
      required = true,
      paramLabel = "FILE",
      description =
          "what is exported: a requirements file, pylock.toml, uv.lock, poetry.lock, pdm.lock, Pipfile.lock;"
              + " where it has hashes, those files alone")
  private @Nullable Path lock;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "what the answer is written in (default: text)")
  private Format format = Format.text;

  @Parameters(
      paramLabel = "DIR",
      description = "where to: a new or empty folder, or an earlier export, which is replaced")
  private @Nullable Path folder;

  /** What an answer is written in. Named as it is typed. */
  enum Format {
    text,
    json
  }

  /**
   * @param environment where the server and the token are looked up
   * @param clock when it was
   */
  public ExportCommand(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Path file = Objects.requireNonNull(lock);
    LockedVersions locked = LockedVersions.read(file, environment);
    try (ExportFolder export = ExportFolder.beside(Objects.requireNonNull(folder))) {
      JsonNode written =
          server.ask(
              environment, administration -> write(administration, export, locked, file).tree());
      export.finish();
      print(written, export.target());
      return exitCode(written).code();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private CommandFailure unwritten(IOException e) {
    return new CommandFailure(
        ExitCode.INCOMPLETE,
        "Could not write the export to %s: %s.".formatted(folder, Reasons.of(e)),
        "What was there before is still there; make room, and run it again.");
  }

  private VerdictsDocument write(
      Administration administration, ExportFolder export, LockedVersions locked, Path file) {
    try {
      return new Export(administration, export)
          .write(locked, String.valueOf(file.getFileName()), clock.instant());
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private void print(JsonNode written, Path target) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    switch (format) {
      case json -> out.println(written);
      case text ->
          lines(written, target).forEach(line -> out.println(Printable.of(line, MOST_LINE)));
    }
    out.flush();
  }

  private static List<String> lines(JsonNode written, Path target) {
    List<String> lines = new ArrayList<>();
    if (!written.path("left-out").isEmpty()) {
      lines.add("Not admitted, and not in it:");
      for (JsonNode file : written.path("left-out")) {
        lines.add(
            "  %s  %s: %s"
                .formatted(
                    file.path("file").asString(""),
                    file.path("verdict").asString(""),
                    file.path("reasons").path(0).path("text").asString("")));
      }
    }
    if (!written.path("not-covered").isEmpty()) {
      lines.add("Not covered:");
      written.path("not-covered").forEach(line -> lines.add("  " + line.asString("")));
    }
    int files = written.path("files").size();
    lines.add("Wrote %d %s to %s".formatted(files, files == 1 ? "file" : "files", target));
    lines.add("On the other side, in gatehouse.toml:");
    lines.add("");
    lines.add("  [[upstream]]");
    lines.add("  name = \"export\"");
    lines.add("  url = \"%s\"".formatted(target.toUri()));
    if (written.path("advisories").isString()) {
      lines.add("  [advisories]");
      lines.add(
          "  source = '%s'".formatted(target.resolve(written.path("advisories").asString(""))));
    }
    return lines;
  }

  private static ExitCode exitCode(JsonNode written) {
    if (!written.path("left-out").isEmpty()) {
      return ExitCode.FOUND;
    }
    return written.path("not-covered").isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }
}
