package dev.gatehouse.cli.report;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.OutputFile;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.findings.GithubReport;
import dev.gatehouse.findings.JsonReport;
import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.ReportWriter;
import dev.gatehouse.findings.SarifReport;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that reports findings, and what they ask for. */
public final class ReportOptions {
  @Option(
      names = "--format",
      paramLabel = "text|json|sarif|github|html",
      defaultValue = "text",
      description =
          "what the report is written in (default: text); html, one page, by gatehouse compare alone")
  private Format format = Format.text;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write the report there; a file that is there is replaced by a whole one")
  private @Nullable Path output;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      converter = SeverityWord.class,
      description =
          "end with 1 where a finding is critical, high, medium, low or info, or worse (default: high)")
  private Severity failOn = Severity.HIGH;

  @Option(
      names = "--quiet",
      description =
          "no progress; and as text only what reaches --fail-on or was not read, or nothing at all")
  private boolean quiet;

  /** What a report is written in. Named as it is typed. */
  enum Format {
    text,
    json,
    sarif,
    github,
    html
  }

  /** Whether nothing but the report is wanted. */
  public boolean quiet() {
    return quiet;
  }

  /**
   * Makes ready to write a report that has no page of its own.
   *
   * @throws ParameterException where a page is asked for
   */
  public Delivery delivery(CommandLine command, Map<String, String> environment) {
    if (format == Format.html) {
      throw new ParameterException(
          command,
          "Could not write html: only gatehouse compare has a page. Use text, json, sarif or github.");
    }
    return made(command, environment, null);
  }

  /**
   * Makes ready to write the report, before the work: what cannot be written is better said then.
   *
   * @param environment where the terminal is looked up
   * @param page writes html
   * @throws CommandFailure where the file of --output cannot be written
   */
  public Delivery delivery(
      CommandLine command, Map<String, String> environment, ReportWriter page) {
    return made(command, environment, page);
  }

  private Delivery made(
      CommandLine command, Map<String, String> environment, @Nullable ReportWriter page) {
    return new Delivery(
        command,
        page,
        Terminal.of(environment),
        output == null ? null : new OutputFile("the report", output));
  }

  /** Where the report, the notes and the progress of one run go. */
  public final class Delivery {
    private final CommandLine command;
    private final @Nullable ReportWriter page;
    private final Terminal terminal;
    private final @Nullable OutputFile file;

    private Delivery(
        CommandLine command,
        @Nullable ReportWriter page,
        Terminal terminal,
        @Nullable OutputFile file) {
      this.command = command;
      this.page = page;
      this.terminal = terminal;
      this.file = file;
    }

    /**
     * A line of progress, on a terminal alone.
     *
     * @param before what it says until it is known what there is to do
     */
    public Progress progress(String before) {
      PrintWriter drawing = terminal.err() && !quiet ? command.getErr() : null;
      return new Progress(drawing, terminal.columns(), before, System::nanoTime);
    }

    /** Tells the user something beside the report. */
    public void note(String sentence) {
      if (!quiet) {
        command.getErr().println(sentence);
        command.getErr().flush();
      }
    }

    /**
     * Writes the report.
     *
     * @return how the command ends. Findings weigh more than what was not read: whoever acts on 1
     *     acts rightly in both cases
     */
    public int deliver(Report report) throws IOException {
      if (file == null) {
        print(report, writer(terminal.columns(), terminal.out() && terminal.colour()));
      } else {
        ReportWriter writer = writer(100, false);
        file.write(out -> writer.write(report, out));
      }
      if (report.hasAtLeast(failOn)) {
        return ExitCode.FOUND.code();
      }
      return (report.isIncomplete() ? ExitCode.INCOMPLETE : ExitCode.DONE).code();
    }

    private void print(Report report, ReportWriter writer) throws IOException {
      PrintWriter out = command.getOut();
      writer.write(report, out);
      if (out.checkError()) {
        throw new CommandFailure(
            ExitCode.INCOMPLETE,
            "Could not write the whole report: standard output was closed or is full.",
            "Write it to a file with --output.");
      }
    }

    private ReportWriter writer(int columns, boolean colour) {
      return switch (format) {
        case text -> new TextReport(new TextReport.Style(columns, colour, quiet ? failOn : null));
        case json -> new JsonReport();
        case sarif -> new SarifReport();
        case github -> new GithubReport();
        case html -> Objects.requireNonNull(page);
      };
    }
  }

  /** Reads a severity. */
  public static final class SeverityWord implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String text) {
      return Severity.find(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "must be critical, high, medium, low or info, not \"" + text + "\""));
    }
  }
}
