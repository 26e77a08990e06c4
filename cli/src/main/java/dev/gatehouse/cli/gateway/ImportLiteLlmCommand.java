package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.OutputFile;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.ImportException;
import dev.gatehouse.gateway.litellm.LiteLlmImport;
import dev.gatehouse.gateway.litellm.Remark;
import dev.gatehouse.gateway.litellm.Remark.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse gateway import-litellm}: its options, and how it ends. */
@Command(
    name = "import-litellm",
    description = {
      "Writes the configuration of LiteLLM's proxy as Gatehouse's, with references in the place of keys,",
      "and lists line by line what it cannot honour. No key that stands in it is copied or shown."
    },
    footer = {
      "",
      "Exit codes: 0 all is honoured (some of it once you have done what is listed); 1 something is not;",
      "2 the command line is wrong, or the file is no configuration of LiteLLM; 3 it could not be read or",
      "written."
    },
    sortOptions = false)
final class ImportLiteLlmCommand implements Callable<Integer> {
  /** How a file begins that this command may replace. */
  private static final String OURS = "# Written by gatehouse gateway import-litellm";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "LiteLLM's config.yaml")
  private Path config = Path.of("config.yaml");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "write the configuration there, and the list to standard output (default: the configuration to"
              + " standard output, the list to standard error)")
  private @Nullable Path output;

  @Option(
      names = "--allow-unpriced",
      description =
          "let models be called of which no price is known, as LiteLLM does; no budget counts what they cost")
  private boolean allowUnpriced;

  @Option(
      names = "--force",
      description = "replace the file of --output, also where another hand wrote it")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    OutputFile file = output == null ? null : replaceable(output);
    LiteLlmImport imported = read();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (file == null) {
      out.print(imported.toml());
      list(imported, spec.commandLine().getErr());
    } else {
      file.write(writer -> writer.write(imported.toml()));
      list(imported, out);
    }
    out.flush();
    if (out.checkError()) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not write everything: standard output was closed or is full.",
          "Write the configuration to a file with --output.");
    }
    return (imported.of(Kind.NOT_HONOURED).isEmpty() ? ExitCode.DONE : ExitCode.FOUND).code();
  }

  private OutputFile replaceable(Path path) throws IOException {
    OutputFile file = new OutputFile("the configuration", path);
    if (force || !Files.isRegularFile(path)) {
      return file;
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(OURS.length());
    }
    if (start.length > 0 && !new String(start, StandardCharsets.UTF_8).equals(OURS)) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not write %s: it is there already, and this command did not write it."
              .formatted(shown(path)),
          "Name another file with --output, or add --force to replace it.");
    }
    return file;
  }

  private LiteLlmImport read() {
    try {
      if (Files.isDirectory(config)) {
        throw unreadable("it is a folder");
      }
      return LiteLlmImport.of(config, allowUnpriced);
    } catch (ImportException e) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not import %s: %s.".formatted(shown(config), e.getMessage()),
          "Name the config.yaml that LiteLLM's proxy starts with.");
    } catch (IOException e) {
      throw unreadable(Files.exists(config) ? Reasons.of(e) : "there is no such file");
    }
  }

  private CommandFailure unreadable(String reason) {
    return new CommandFailure(
        ExitCode.INCOMPLETE,
        "Could not read %s: %s.".formatted(shown(config), Printable.of(reason, 200)),
        "Name the config.yaml that LiteLLM's proxy starts with.");
  }

  private static String shown(Path path) {
    return Printable.of(path.toString(), 300);
  }

  private void list(LiteLlmImport imported, PrintWriter to) {
    String where = output == null ? "" : " to " + shown(output);
    to.println(
        "Wrote %s and %s%s."
            .formatted(
                number(imported.providers(), "provider"),
                number(imported.models(), "model"),
                where));
    group(to, "Not honoured", imported.of(Kind.NOT_HONOURED));
    group(to, "To be done by you", imported.of(Kind.STEP));
    group(to, "Nothing is lost, nothing to do", imported.of(Kind.NOTE));
    to.println();
    to.println(
        "Next: gatehouse gateway serve --config %s, a key for each application"
            .formatted(output == null ? "FILE" : shown(output)));
    to.println("(gatehouse gateway key add NAME), and http://127.0.0.1:8585/v1 as their base URL.");
    to.flush();
  }

  private static void group(PrintWriter to, String heading, List<Remark> remarks) {
    if (remarks.isEmpty()) {
      return;
    }
    to.println();
    to.println("%s (%d):".formatted(heading, remarks.size()));
    for (Remark remark : remarks) {
      to.println(
          "%s:%d: %s".formatted(Printable.of(remark.file(), 200), remark.line(), remark.key()));
      to.println("  " + remark.why());
      if (!remark.remedy().isEmpty()) {
        to.println("  " + remark.remedy());
      }
    }
  }

  private static String number(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
