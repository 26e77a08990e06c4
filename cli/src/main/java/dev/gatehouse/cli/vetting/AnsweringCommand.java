package dev.gatehouse.cli.vetting;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.client.AskOptions;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.findings.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What the commands that ask a server of versions have in common. */
abstract class AnsweringCommand {
  private static final int MOST_LINE = 4000;

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private AskOptions server = new AskOptions();

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description =
          "what the answer is written in; csv of exposure and recall alone (default: text)")
  private Format format = Format.text;

  /** What an answer is written in. Named as it is typed. */
  enum Format {
    text,
    json,
    csv
  }

  AnsweringCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  <T> T ask(Function<Administration, T> question) {
    return server.ask(environment, question);
  }

  /** The configuration that was named; null: the default. */
  @Nullable Path config() {
    return server.config();
  }

  Map<String, String> environment() {
    return environment;
  }

  boolean isJson() {
    return format == Format.json;
  }

  /** Prints an answer that has no rows, and so no form as CSV. */
  void print(JsonNode answer, List<String> text) {
    print(answer, text, List.of());
  }

  /**
   * Prints an answer.
   *
   * @param csv empty: there is no such form of it
   */
  void print(JsonNode answer, List<String> text, List<String> csv) {
    PrintWriter out = out();
    switch (format) {
      case json -> out.println(answer);
      case text -> show(text);
      case csv -> csv.forEach(line -> out.println(Printable.of(line, MOST_LINE)));
    }
    out.flush();
  }

  /** Prints lines as they are, whatever the answer is written in. */
  void show(List<String> lines) {
    // What clients and maintainers wrote must not speak to the terminal.
    lines.forEach(line -> out().println(Printable.of(line, MOST_LINE)));
    out().flush();
  }

  /** Prints more lines after an answer that is already there. */
  void printAfter(List<String> text) {
    PrintWriter to =
        format == Format.text ? out() : Objects.requireNonNull(spec).commandLine().getErr();
    text.forEach(line -> to.println(Printable.of(line, MOST_LINE)));
    to.flush();
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  /** Ends the command, before anything was asked, where the answer has no form as CSV. */
  void refuseCsv() {
    if (format == Format.csv) {
      throw new CommandFailure(
          ExitCode.WRONG_USE,
          "Could not write the answer as csv: it has no rows.",
          "Use --format text or json; exposure and recall can write csv.");
    }
  }
}
