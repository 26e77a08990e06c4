package dev.gatehouse.cli.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration of LiteLLM is to serve, as somebody wrote it down who read that file and the
 * vendors' documentation.
 *
 * @param models the deployments of each name
 * @param aliases what they stand for
 * @param fallbacks which models follow which, by the kind of failure
 */
record Served(
    Map<String, List<Target>> models,
    Map<String, String> aliases,
    Map<String, Map<String, List<String>>> fallbacks) {

  /**
   * A deployment.
   *
   * @param url where it is asked
   * @param model what it is called in the body; {@code -}: the address says it
   * @param key the variable that its key is in; {@code stored}; {@code none}; of AWS both parts
   */
  record Target(String url, String model, String key) {
    String deployment() {
      return url + " " + model;
    }
  }

  /** Reads columns under headings in brackets. */
  static Served of(String text) {
    Served served = new Served(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    @Nullable String heading = null;
    for (String line : text.lines().toList()) {
      List<String> words = Arrays.asList(line.strip().split(" +"));
      if (line.startsWith("[")) {
        heading = line.substring(1, line.length() - 1);
      } else if (!line.isBlank()) {
        served.add(String.valueOf(heading), words.getFirst(), words.subList(1, words.size()));
      }
    }
    return served;
  }

  private void add(String heading, String name, List<String> words) {
    switch (heading) {
      case "models" ->
          models
              .computeIfAbsent(name, _ -> new ArrayList<>())
              .add(new Target(words.get(0), words.get(1), words.get(2)));
      case "aliases" -> aliases.put(name, words.getFirst());
      default -> fallbacks.computeIfAbsent(heading, _ -> new LinkedHashMap<>()).put(name, words);
    }
  }

  /** The deployments of a name or an alias. */
  List<Target> targets(String name) {
    List<Target> found = models.get(aliases.getOrDefault(name, name));
    if (found == null) {
      throw new IllegalArgumentException("nothing is to serve " + name);
    }
    return found;
  }
}
