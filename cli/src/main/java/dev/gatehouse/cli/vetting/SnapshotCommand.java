package dev.gatehouse.cli.vetting;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.client.TextTable;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.OutputFile;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.vetting.record.SnapshotName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse snapshot}: the set of files that is admitted now, named. */
@Command(
    name = "snapshot",
    description = {
      "Names the set of files that is admitted now, and goes back to it.",
      "Each is an index of its own, at /snapshot/NAME/simple/. It only takes away: what was recalled,",
      "refused or found since is not served from it either."
    },
    sortOptions = false)
public final class SnapshotCommand {
  private static final int MOST_LINE = 4000;

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();

  @Option(
      names = "--format",
      scope = ScopeType.INHERIT,
      paramLabel = "text|json",
      defaultValue = "text",
      description = "what the answer is written in (default: text)")
  private Format format = Format.text;

  /** What an answer is written in. Named as it is typed. */
  enum Format {
    text,
    json
  }

  /** What a snapshot is exported as. Named as it is typed. */
  enum Export {
    constraints,
    pylock
  }

  /**
   * @param environment where the server and the token are looked up
   */
  public SnapshotCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** {@code snapshot create}. */
  @Command(
      description =
          "Names what is admitted now: the files whose bytes are here, by their hashes. A name is given once.",
      sortOptions = false)
  int create(
      @Parameters(
              paramLabel = "NAME",
              converter = Name.class,
              description = "lower-case letters, digits, dots, dashes, underscores")
          SnapshotName name,
      @Option(names = "--reason", paramLabel = "TEXT", description = "what it is for, in a line")
          @Nullable String reason) {
    JsonNode made = ask(administration -> administration.post("snapshots", members(name, reason)));
    List<String> lines = new ArrayList<>();
    lines.add(
        "The snapshot %s: %s of %s, at %s"
            .formatted(
                name,
                counted(made.path("files"), "file"),
                counted(made.path("projects"), "project"),
                made.path("index").asString("")));
    int waiting = made.path("not-inspected").asInt(0);
    if (waiting > 0) {
      lines.add(
          "%d that are here are not in it: they were not inspected by today's rules yet (gatehouse vet)."
              .formatted(waiting));
    }
    return print(made, lines);
  }

  /** {@code snapshot list}. */
  @Command(description = "Lists the snapshots, the oldest first.", sortOptions = false)
  int list() {
    JsonNode answer = ask(administration -> administration.get("snapshots"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "MADE", "BY", "FILES", "PROJECTS", "", "REASON"));
    for (JsonNode snapshot : answer.path("snapshots")) {
      rows.add(
          List.of(
              snapshot.path("name").asString(""),
              snapshot.path("at").asString(""),
              snapshot.path("by").asString(""),
              snapshot.path("files").asString(""),
              snapshot.path("projects").asString(""),
              snapshot.path("in-use").asBoolean(false) ? "in use" : "",
              snapshot.path("reason").asString("")));
    }
    return print(answer, TextTable.aligned(rows));
  }

  /** {@code snapshot show}. */
  @Command(
      description = "Shows a snapshot's files, and which of them are not served any more.",
      sortOptions = false)
  int show(
      @Parameters(paramLabel = "NAME", converter = Name.class, description = "which")
          SnapshotName name) {
    JsonNode snapshot = ask(administration -> administration.get("snapshots/" + name));
    return print(snapshot, SnapshotText.lines(snapshot));
  }

  /** {@code snapshot export}. */
  @Command(
      description = {
        "Writes a snapshot as a file for installers: constraints for pip and uv, or pylock.toml (PEP 751).",
        "Of a project with several versions it names the one that an installer would choose.",
        "Ends with 1 where a file of the snapshot is not served any more; it is left out."
      },
      sortOptions = false)
  int export(
      @Parameters(paramLabel = "NAME", converter = Name.class, description = "which")
          SnapshotName name,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "constraints|pylock",
              description = "what is written")
          Export to,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "FILE",
              description = "write it there (default: standard output)")
          @Nullable Path output) {
    OutputFile file = output == null ? null : new OutputFile("the snapshot", output);
    JsonNode answer =
        ask(administration -> administration.get("snapshots/" + name + "/export?to=" + to));
    String text = answer.path("text").asString("");
    if (format == Format.json) {
      out().println(answer);
    } else if (file == null) {
      out().print(text);
    } else {
      file.write(writer -> writer.write(text));
    }
    out().flush();
    JsonNode leftOut = answer.path("left-out");
    for (JsonNode one : leftOut) {
      err()
          .println(
              Printable.of(
                  "Left out: " + one.path("file").asString("") + ", " + SnapshotText.now(one),
                  MOST_LINE));
    }
    err().flush();
    return (leftOut.isEmpty() ? ExitCode.DONE : ExitCode.FOUND).code();
  }

  /** {@code snapshot use}. */
  @Command(
      description = {
        "Has the whole index serve a snapshot and nothing else, until: gatehouse snapshot use --none"
      },
      sortOptions = false)
  int use(
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              converter = Name.class,
              description = "which")
          @Nullable SnapshotName name,
      @Option(names = "--none", description = "serve all that is admitted again") boolean none,
      @Option(names = "--reason", paramLabel = "TEXT", description = "why, in a line")
          @Nullable String reason) {
    if ((name == null) != none) {
      throw new ParameterException(
          Objects.requireNonNull(spec).subcommands().get("use"),
          "Name a snapshot, or give --none to serve all that is admitted.");
    }
    JsonNode answer =
        ask(administration -> administration.post("snapshot-in-use", members(name, reason)));
    return print(
        answer,
        List.of(
            name == null
                ? "The index serves all that is admitted."
                : "The index serves what the snapshot "
                    + name
                    + " lists, and nothing else. To end that: gatehouse snapshot use --none"));
  }

  /** {@code snapshot remove}. */
  @Command(
      description = "Removes a snapshot that is not in use. Its name is not given again.",
      sortOptions = false)
  int remove(
      @Parameters(paramLabel = "NAME", converter = Name.class, description = "which")
          SnapshotName name) {
    ask(
        administration -> {
          administration.delete("snapshots/" + name);
          return true;
        });
    err().println("Removed the snapshot " + name + ".");
    err().flush();
    return ExitCode.DONE.code();
  }

  private static Map<String, Object> members(@Nullable SnapshotName name, @Nullable String reason) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name == null ? null : name.text());
    if (reason != null) {
      members.put("reason", reason);
    }
    return members;
  }

  private static String counted(JsonNode number, String noun) {
    int count = number.asInt(0);
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private <T> T ask(Function<Administration, T> question) {
    return server.ask(environment, question);
  }

  private int print(JsonNode answer, List<String> lines) {
    if (format == Format.json) {
      out().println(answer);
    } else {
      lines.forEach(line -> out().println(Printable.of(line, MOST_LINE)));
    }
    out().flush();
    return ExitCode.DONE.code();
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  /** Reads a snapshot's name. */
  static final class Name implements ITypeConverter<SnapshotName> {
    @Override
    public SnapshotName convert(String text) {
      return SnapshotName.parseIfValid(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "must be 1 to 64 lower-case letters, digits, dots, dashes and underscores, not "
                          + quoted(text)));
    }
  }
}
