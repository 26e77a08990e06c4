package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Runs the benchmarks in the checkout that is the working folder. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(Options.USAGE);
      System.exit(2);
      return;
    }
    String report = report(options, Path.of("").toAbsolutePath());
    System.out.print(report);
    if (options.output() != null) {
      Files.writeString(options.output(), report);
    }
  }

  private static String report(Options options, Path checkout)
      throws IOException, InterruptedException {
    Report report = new Report(Machine.here(checkout), options, Clock.systemUTC().instant());
    try (Workbench bench = Workbench.open(checkout, options.wheels())) {
      for (Part part : options.parts()) {
        System.err.println("Measuring: " + part.text());
        for (Row row : part.measure(bench, options)) {
          System.err.print(row.markdown());
          report.add(row);
        }
      }
    }
    return report.markdown();
  }
}
