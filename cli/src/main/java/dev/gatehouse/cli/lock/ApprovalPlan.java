package dev.gatehouse.cli.lock;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.outcome.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an approval of a lock would come to, as the server tells it of every file. */
public final class ApprovalPlan {
  /** For each the server may have to ask its upstream. */
  private static final int VERSIONS_AT_ONCE = 20;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What becomes of a file, in the order in which they are shown: what a person decides comes last.
   */
  private enum Group {
    ADMITTED("Admitted already:"),
    ADMITS("Would be admitted:"),
    INSPECTS(
        "Would be admitted once the inspection finds nothing that refuses it, when it is first asked for:"),
    HELD("Would still be held; the approval counts, and is not enough:"),
    REFUSED("Cannot be approved:");

    private final String title;

    Group(String title) {
      this.title = title;
    }
  }

  /** A file of a version, as the server tells it. */
  private record Planned(String version, JsonNode file) {
    Group group() {
      if (!file.path("approvable").asBoolean(false)) {
        return word("now").equals("admit") ? Group.ADMITTED : Group.REFUSED;
      }
      return switch (word("then")) {
        case "admit" -> Group.ADMITS;
        case "pending" -> Group.INSPECTS;
        default -> Group.HELD;
      };
    }

    String word(String when) {
      return file.path(when).path("verdict").asString("");
    }

    String line() {
      List<String> reasons = new ArrayList<>();
      file.path(group() == Group.HELD ? "then" : "now")
          .path("reasons")
          .forEach(reason -> reasons.add(reason.path("text").asString("")));
      String why =
          file.path("sha256").isString()
              ? word("now") + ": " + String.join("; ", reasons)
              : "the upstream gives no hash of it; fetch it first: gatehouse vet " + version;
      return "    %s  %s".formatted(file.path("file").asString(""), why);
    }
  }

  private final List<JsonNode> versions;
  private final List<String> uncovered;
  private final List<Planned> files = new ArrayList<>();

  ApprovalPlan(List<JsonNode> versions, List<String> uncovered) {
    this.versions = List.copyOf(versions);
    List<String> all = new ArrayList<>(uncovered);
    for (JsonNode version : versions) {
      if (version.path("problem").isString()) {
        all.add(name(version) + ": " + version.path("problem").asString(""));
      }
      version.path("files").forEach(file -> files.add(new Planned(name(version), file)));
    }
    this.uncovered = List.copyOf(all);
  }

  /** Asks the server what there is of a lock, and what an approval would make of it. */
  public static ApprovalPlan ask(Administration server, LockedVersions locked) {
    return new ApprovalPlan(versions(server, locked), locked.uncovered());
  }

  /** Each version of a lock with its files, as the server tells it. */
  static List<JsonNode> versions(Administration server, LockedVersions locked) {
    List<JsonNode> versions = new ArrayList<>();
    List<LockedVersions.Locked> all = locked.versions();
    for (int from = 0; from < all.size(); from += VERSIONS_AT_ONCE) {
      List<Map<String, Object>> some =
          all.subList(from, Math.min(from + VERSIONS_AT_ONCE, all.size())).stream()
              .map(LockedVersions.Locked::members)
              .toList();
      server
          .post("approvals/plan", Map.of("versions", some))
          .path("versions")
          .forEach(versions::add);
    }
    return versions;
  }

  private static String name(JsonNode version) {
    return version.path("project").asString("") + "==" + version.path("version").asString("");
  }

  private List<Planned> of(Group group) {
    return files.stream().filter(file -> file.group() == group).toList();
  }

  private List<Planned> approved() {
    return files.stream().filter(file -> file.file().path("approvable").asBoolean(false)).toList();
  }

  /** How many files would be approved. */
  public int approvable() {
    return approved().size();
  }

  /** The plan for a person: every file with what is so now. */
  public List<String> lines(Path lock) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s settles on %s, of which this index knows %s."
            .formatted(lock, counted(versions.size(), "version"), counted(files.size(), "file")));
    for (Group group : Group.values()) {
      List<Planned> some = of(group);
      if (!some.isEmpty()) {
        lines.add("");
        lines.add(group.title);
      }
      String version = "";
      for (Planned one : some) {
        if (!one.version().equals(version)) {
          version = one.version();
          lines.add("  " + version);
        }
        lines.add(one.line());
      }
    }
    if (!uncovered.isEmpty()) {
      lines.add("");
      lines.add("Not covered:");
      uncovered.forEach(line -> lines.add("  " + line));
    }
    lines.add("");
    return lines;
  }

  /** What the person is asked. */
  public String question() {
    return "Approve "
        + counted(approvable(), "file")
        + " of "
        + counted(count(approved()), "version")
        + "?";
  }

  private static int count(List<Planned> some) {
    Set<String> names = new LinkedHashSet<>();
    some.forEach(one -> names.add(one.version()));
    return names.size();
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The request that approves what was shown, and nothing else. */
  public Map<String, Object> approval(String reason, @Nullable String until) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("reason", reason);
    if (until != null) {
      members.put("until", until);
    }
    List<Map<String, Object>> meant = new ArrayList<>();
    for (JsonNode version : versions) {
      List<String> sha256 = new ArrayList<>();
      for (JsonNode file : version.path("files")) {
        if (file.path("approvable").asBoolean(false)) {
          sha256.add(file.path("sha256").asString(""));
        }
      }
      if (!sha256.isEmpty()) {
        meant.add(
            Map.of(
                "project",
                version.path("project").asString(""),
                "version",
                version.path("version").asString(""),
                "sha256",
                sha256));
      }
    }
    members.put("versions", meant);
    return members;
  }

  /** One line about what was done. */
  public String outcome(boolean approved) {
    if (approved) {
      return "Approved "
          + counted(approvable(), "file")
          + " of "
          + counted(count(approved()), "version")
          + ".";
    }
    return approvable() == 0 ? "There is nothing to approve." : "Nothing was approved.";
  }

  /** The plan and what was done, for a program. */
  public JsonNode members(boolean approved) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("versions", versions);
    members.put("not-covered", uncovered);
    members.put("approved", approved ? approvable() : 0);
    return JSON.valueToTree(members);
  }

  /** What the command ends with: whether all of the lock is served from now on. */
  public ExitCode exitCode(boolean approved) {
    Predicate<Planned> kept =
        file ->
            switch (file.group()) {
              case ADMITTED -> false;
              case ADMITS, INSPECTS -> !approved;
              case HELD, REFUSED -> true;
            };
    if (files.stream().anyMatch(kept)) {
      return ExitCode.FOUND;
    }
    return uncovered.isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }
}
