package dev.gatehouse.cli.vetting;

import dev.gatehouse.findings.Printable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What an answer without rows is written in. */
final class AnswerFormat {
  private static final int MOST_LINE = 4000;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "what the answer is written in (default: text)")
  private Format format = Format.text;

  /** Named as it is typed. */
  enum Format {
    text,
    json
  }

  void print(CommandSpec spec, JsonNode answer, List<String> text) {
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case json -> out.println(answer);
      // What clients and maintainers wrote must not speak to the terminal.
      case text -> text.forEach(line -> out.println(Printable.of(line, MOST_LINE)));
    }
    out.flush();
  }
}
