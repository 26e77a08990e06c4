package dev.gatehouse.inspection.startup;

import dev.gatehouse.inspection.code.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a line must not do at start-up, in words: each of them was done by an incident's line. */
final class Deeds {
  private Deeds() {}

  /** "decodes hidden text and starts another program"; empty where the line does nothing bad. */
  static String of(Set<Trait> traits) {
    List<String> deeds = new ArrayList<>();
    for (Trait trait : traits) {
      switch (trait) {
        case DECODES -> deeds.add("decodes hidden text");
        case SPAWNS -> deeds.add("starts another program");
        case NETWORK -> deeds.add("opens a connection");
        case NAMES_INTERPRETER -> deeds.add("names the running interpreter");
        case READS_CREDENTIALS -> deeds.add("reads credentials");
        case EXECUTES, READS_ENVIRONMENT, WRITES_FILES -> {}
      }
    }
    return switch (deeds.size()) {
      case 0 -> "";
      case 1 -> deeds.getFirst();
      default -> String.join(", ", deeds.subList(0, deeds.size() - 1)) + " and " + deeds.getLast();
    };
  }
}
