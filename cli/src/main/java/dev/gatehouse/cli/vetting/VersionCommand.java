package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.client.AskOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What the commands about one version have in common. */
abstract class VersionCommand {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();

  @Parameters(
      paramLabel = "PROJECT==VERSION",
      converter = Pinned.Converter.class,
      description = "exactly which version")
  private @Nullable Pinned pinned;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "what the answer is written in; csv for exposures alone (default: text)")
  private Format format = Format.text;

  /** What an answer is written in. Named as it is typed. */
  enum Format {
    text,
    json,
    csv
  }

  VersionCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  Pinned pinned() {
    return Objects.requireNonNull(pinned);
  }

  JsonNode ask(Function<Administration, JsonNode> question) {
    return server.ask(environment, question);
  }

  void print(JsonNode answer, List<String> text) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (format == Format.json) {
      out.println(answer);
    } else {
      text.forEach(out::println);
    }
    out.flush();
  }

  boolean isCsv() {
    return format == Format.csv;
  }
}
