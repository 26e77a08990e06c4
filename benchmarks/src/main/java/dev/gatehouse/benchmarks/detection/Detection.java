package dev.gatehouse.benchmarks.detection;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.samples.mutation.Transformation;
import dev.gatehouse.samples.mutation.Transformations;
import dev.gatehouse.samples.mutation.blind.BlindTransformations;
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
    if (mutants > 0) {
      System.out.println("Written blind:\n");
      recall(inspector, BlindTransformations.all(), mutants);
      System.out.println("Written by people who had seen the rules:\n");
      recall(inspector, Transformations.all(), mutants);
    }
    if (!folders.isEmpty()) {
      BaseRates rates = new BaseRates(inspector);
      rates.measure(folders);
      System.out.println(rates.table());
    }
  }

  private static void recall(Inspector inspector, List<Transformation> family, int mutants)
      throws InterruptedException {
    Recall recall = new Recall(inspector, family);
    recall.measure(mutants);
    System.out.println(recall.table());
  }
}
