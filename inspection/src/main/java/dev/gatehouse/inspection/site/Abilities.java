package dev.gatehouse.inspection.site;

import dev.gatehouse.inspection.code.Trait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each file of Python in an artifact does, whoever calls it: what two versions of it are
 * compared by.
 */
public final class Abilities {
  private final SortedMap<String, Set<Trait>> files;

  /**
   * @param files by path
   */
  Abilities(Map<String, Set<Trait>> files) {
    this.files = new TreeMap<>(files);
  }

  /**
   * For the details of a report: all files under {@code python-files}, those that talk to other
   * machines under {@code network-files}, those that start programs under {@code spawning-files}.
   */
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("python-files", List.copyOf(files.keySet()));
    details.put("network-files", with(Trait.NETWORK));
    details.put("spawning-files", with(Trait.SPAWNS));
    return details;
  }

  private List<String> with(Trait trait) {
    return files.entrySet().stream()
        .filter(file -> file.getValue().contains(trait))
        .map(Map.Entry::getKey)
        .toList();
  }
}
