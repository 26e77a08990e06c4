package dev.gatehouse.cli.migrate;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.OutputFile;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code gatehouse gateway migrate-code}: its options, and how it ends. */
@Command(
    name = "migrate-code",
    description = {
      "Lists where Python code uses the LiteLLM library, with what the openai library and the gateway have",
      "in its place; with --patch it prints a patch of the files that can be changed safely. Runs nothing."
    },
    footer = {
      "",
      "Exit codes: 0 nothing uses it, or the patch changes all that does; 1 something is left to do by hand;",
      "2 the command line is wrong; 3 something could not be read or written."
    },
    sortOptions = false)
public final class MigrateCodeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "the folder with the code (default: this folder)")
  private Path folder = Path.of("");

  @Option(
      names = "--patch",
      description = "print a patch (git apply takes it), and below it what it leaves")
  private boolean patch;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8585/v1",
      description = "the gateway's base URL, for the patch (default: ${DEFAULT-VALUE})")
  private String gateway = "http://127.0.0.1:8585/v1";

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "what the list is written in (default: text)")
  private Format format = Format.text;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write it there")
  private @Nullable Path output;

  /** What a list is written in. Named as it is typed. */
  enum Format {
    text,
    json
  }

  /** The command. */
  public MigrateCodeCommand() {}

  @Override
  public Integer call() throws IOException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    if (patch && format == Format.json) {
      throw new ParameterException(
          command, "Could not combine --patch with --format json: a patch is text.");
    }
    checkGateway(command);
    OutputFile file = output == null ? null : new OutputFile("the list", output);
    CodeMigration migration = read();
    String text =
        patch ? patched(migration) : format == Format.json ? json(migration) : listed(migration);
    if (file != null) {
      file.write(writer -> writer.write(text));
    } else {
      PrintWriter out = command.getOut();
      out.print(text);
      out.flush();
      if (out.checkError()) {
        throw new CommandFailure(
            ExitCode.INCOMPLETE,
            "Could not write everything: standard output was closed or is full.",
            "Write it to a file with --output.");
      }
    }
    return ended(migration).code();
  }

  private void checkGateway(CommandLine command) {
    try {
      URI uri = new URI(gateway);
      if (uri.getHost() != null && gateway.matches("https?://[A-Za-z0-9._~:/\\[\\]-]+")) {
        return;
      }
    } catch (URISyntaxException _) {
      // It is told below.
    }
    throw new ParameterException(
        command,
        "Could not use --gateway %s: it is no address such as http://127.0.0.1:8585/v1."
            .formatted(Printable.of(gateway, 200)));
  }

  private CodeMigration read() {
    String shown = folder.toString().isEmpty() ? "." : Printable.of(folder.toString(), 300);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read %s: %s."
              .formatted(
                  shown, Files.exists(folder) ? "it is no folder" : "there is no such folder"),
          "Name the folder with the code.");
    }
    try {
      return CodeMigration.of(folder, gateway);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not read %s: %s.".formatted(shown, Reasons.of(e)),
          "Name the folder with the code.");
    }
  }

  private ExitCode ended(CodeMigration migration) {
    boolean isLeft = migration.uses().stream().anyMatch(use -> !(patch && use.isPatched()));
    if (isLeft) {
      return ExitCode.FOUND;
    }
    return migration.problems().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private static List<String> lines(CodeMigration migration, boolean withPatched) {
    List<String> lines = new ArrayList<>();
    for (Use use : migration.uses()) {
      if (use.isPatched() && !withPatched) {
        continue;
      }
      lines.add(
          "%s:%d: %s"
              .formatted(Printable.of(use.file(), 300), use.line(), Printable.of(use.what(), 200)));
      lines.add("  " + use.replacement());
      if (!use.obstacle().isEmpty()) {
        lines.add("  By hand: " + Printable.of(use.obstacle(), 200) + ".");
      } else if (!use.isPatched()) {
        lines.add("  By hand: the rest of the file is not plain.");
      }
    }
    if (!migration.problems().isEmpty()) {
      lines.add("");
      lines.add("Not read:");
      migration.problems().forEach(problem -> lines.add("  " + Printable.of(problem, 400)));
    }
    return lines;
  }

  private static String count(CodeMigration migration) {
    long files = migration.uses().stream().map(Use::file).distinct().count();
    long plain = migration.uses().stream().filter(Use::isPatched).map(Use::file).distinct().count();
    return migration.uses().isEmpty()
        ? "Nothing in %d files uses LiteLLM.".formatted(migration.files())
        : "%d uses of LiteLLM in %d of %d files; --patch changes %d of these."
            .formatted(migration.uses().size(), files, migration.files(), plain);
  }

  private static String listed(CodeMigration migration) {
    List<String> lines = new ArrayList<>(List.of(count(migration)));
    List<String> uses = lines(migration, true);
    if (!uses.isEmpty()) {
      lines.add("");
      lines.addAll(uses);
    }
    return String.join("\n", lines) + "\n";
  }

  private String patched(CodeMigration migration) {
    StringBuilder text = new StringBuilder(migration.patch());
    List<String> notes = new ArrayList<>(List.of(count(migration)));
    if (!migration.patch().isEmpty()) {
      notes.add("Apply it with: gatehouse gateway migrate-code --patch | git apply");
      notes.add(
          "The code then needs the openai library and GATEHOUSE_API_KEY (gatehouse gateway key add NAME).");
    }
    List<String> left = lines(migration, false);
    if (!left.isEmpty()) {
      notes.add("");
      notes.add("Left to you:");
      notes.addAll(left);
    }
    notes.forEach(note -> text.append(note.isEmpty() ? "#" : "# " + note).append('\n'));
    return text.toString();
  }

  private static String json(CodeMigration migration) {
    List<Map<String, Object>> uses = new ArrayList<>();
    for (Use use : migration.uses()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("file", use.file());
      fields.put("line", use.line());
      fields.put("use", use.what());
      fields.put("replacement", use.replacement());
      fields.put("patched", use.isPatched());
      fields.put("obstacle", use.obstacle());
      uses.add(fields);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("schema", "gatehouse-code-migration/1");
    report.put("files", migration.files());
    report.put("uses", uses);
    report.put("problems", migration.problems());
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }
}
