package dev.gatehouse.benchmarks.detection;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code benchmarks/detection [--mutants N] FOLDER...}: the folders hold real wheels. */
public final class Detection {
  private static final int MUTANTS = 1_000;

  private Detection() {}

  /** Prints base rates of the folders that are named, and recall over re-enactments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int mutants = MUTANTS;
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--mutants") && i + 1 < arguments.length) {
        mutants = Integer.parseInt(arguments[++i]);
      } else {
        folders.add(Path.of(arguments[i]));
      }
    }
    Inspector inspector = new Inspector(KnownBad.builtIn(), Limits.DEFAULT, InstantSource.system());
    Recall recall = new Recall(inspector);
    recall.measure(mutants);
    System.out.println(recall.table());
    if (!folders.isEmpty()) {
      BaseRates rates = new BaseRates(inspector);
      rates.measure(folders);
      System.out.println(rates.table());
    }
  }
}
