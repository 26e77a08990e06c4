package dev.gatehouse.cli.audit;

import dev.gatehouse.findings.Report;
import dev.gatehouse.findings.TargetReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is installed in the environments of a report, as {@code /api/inventory} takes it. */
final class InstalledInventory {
  private static final String KEY = "installed";

  private final List<Map<String, Object>> environments = new ArrayList<>();
  private final boolean complete;
  private int distributions;

  private InstalledInventory(boolean complete) {
    this.complete = complete;
  }

  /**
   * @param everything whether the report is of the whole machine. Where one of its targets could
   *     not be looked at, what was told of it before must stay: then it is no complete inventory
   */
  static InstalledInventory of(Report report, boolean everything) {
    boolean read =
        report.targets().stream()
            .allMatch(target -> target.problems().isEmpty() || target.details().containsKey(KEY));
    InstalledInventory inventory = new InstalledInventory(everything && read);
    report.targets().forEach(inventory::add);
    return inventory;
  }

  private void add(TargetReport target) {
    String path = Path.of(target.target()).toAbsolutePath().normalize().toString();
    switch (target.kind()) {
      case ENVIRONMENT -> add(path, target, target.details().get(KEY));
      case IMAGE -> {
        if (target.details().get("environments") instanceof Iterable<?> inside) {
          for (Object one : inside) {
            if (one instanceof Map<?, ?> environment) {
              add(path + ":" + environment.get("path"), target, environment.get(KEY));
            }
          }
        }
      }
      case WHEEL, SDIST, DIRECTORY, REQUIREMENTS, COMPARISON, PROVENANCE, PUBLISHER -> {}
    }
  }

  private void add(String path, TargetReport target, @Nullable Object installed) {
    if (installed instanceof List<?> list) {
      boolean whole = target.problems().isEmpty();
      environments.add(Map.of("environment", path, "complete", whole, "distributions", list));
      distributions += list.size();
    }
  }

  /**
   * Sends it.
   *
   * @param host the machine's name
   * @param server takes the members of the request
   */
  void submit(String host, Consumer<Map<String, Object>> server) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("host", host);
    members.put("complete", complete);
    members.put("environments", environments);
    server.accept(members);
  }

  String summary() {
    return "Told the server of %d environments with %d distributions."
        .formatted(environments.size(), distributions);
  }
}
