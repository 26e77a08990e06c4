package dev.gatehouse.findings;

import java.io.IOException;
import java.io.Writer;

/** Writes a whole report in one format. */
@FunctionalInterface
public interface ReportWriter {
  /**
   * Writes the report, with line feeds as line ends, and flushes; closing is the caller's.
   *
   * @throws IOException where {@code out} cannot be written
   */
  void write(Report report, Writer out) throws IOException;
}
