package dev.gatehouse.findings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the details of provenance say beside the findings: who published an artifact and what was
 * checked, a line for each of many artifacts, or for each version of a project.
 */
final class ProvenanceText {
  private static final int LISTED_BY_NAME = 60;

  private ProvenanceText() {}

  /** Whether it is about a project's versions, not about one artifact. */
  static boolean isHistory(TargetReport target) {
    return target.details().get("versions") instanceof List<?>;
  }

  /** Whether something is known of one artifact. */
  private static boolean isArtifact(TargetReport target) {
    return target.kind() == Kind.PROVENANCE && target.details().containsKey("attested");
  }

  /** A line for each artifact, where there are several. */
  static void table(Page page, List<TargetReport> targets) throws IOException {
    List<TargetReport> artifacts = targets.stream().filter(ProvenanceText::isArtifact).toList();
    if (artifacts.size() < 2) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("FILE", "ATTESTED", "PUBLISHER", "REF", "IN THE LOG"));
    artifacts.forEach(target -> rows.add(row(target)));
    rows(page, rows);
    long attested =
        artifacts.stream()
            .filter(target -> Boolean.TRUE.equals(target.details().get("attested")))
            .count();
    page.paragraph(
        0, Page.Ink.PLAIN, "%d of %d files are attested".formatted(attested, artifacts.size()));
    page.blank();
  }

  private static List<String> row(TargetReport target) {
    Map<String, Object> details = target.details();
    Map<?, ?> first = attestations(details).stream().findFirst().orElse(Map.of());
    return List.of(
        cut(text(details.get("file"))),
        details.containsKey("refused") ? "REFUSED" : yesOrNo(details.get("attested")),
        cut(text(first.get("publisher"))),
        cut(text(first.get("ref"))),
        moment(first.get("logged")));
  }

  private static String yesOrNo(@Nullable Object attested) {
    return Boolean.TRUE.equals(attested) ? "yes" : "no";
  }

  /** The paragraphs of one target. */
  static void summary(Page page, TargetReport target) throws IOException {
    if (isHistory(target)) {
      history(page, target);
    } else if (isArtifact(target)) {
      artifact(page, target);
    }
  }

  private static void artifact(Page page, TargetReport target) throws IOException {
    Map<String, Object> details = target.details();
    List<Map<?, ?>> attestations = attestations(details);
    if (attestations.isEmpty()) {
      boolean refused = details.containsKey("refused");
      page.paragraph(
          2,
          refused ? Page.Ink.RED : Page.Ink.YELLOW,
          refused
              ? "refused: %s (%s)"
                  .formatted(text(details.get("reason")), text(details.get("refused")))
              : "not attested");
    }
    for (Map<?, ?> attestation : attestations) {
      attestation(page, attestation);
    }
    if (details.get("checked") instanceof List<?> checked) {
      page.paragraph(
          2,
          Page.Ink.FAINT,
          "checked: "
              + checked.stream().map(ProvenanceText::text).collect(Collectors.joining("; ")));
    }
    root(page, details);
  }

  private static void attestation(Page page, Map<?, ?> attestation) throws IOException {
    page.labelled(
        "attested",
        Page.Ink.GREEN,
        "  ",
        11,
        Page.Ink.PLAIN,
        "(%s) by %s"
            .formatted(text(attestation.get("predicate")), text(attestation.get("publisher"))));
    line(page, "source", source(attestation));
    line(page, "run", run(attestation));
    if (attestation.containsKey("environment-claimed")) {
      line(
          page,
          "environment",
          text(attestation.get("environment-claimed")) + " (the index's word, nobody signed it)");
    }
    line(
        page,
        "log",
        "%s, entry %s"
            .formatted(moment(attestation.get("logged")), text(attestation.get("log-index"))));
  }

  private static String source(Map<?, ?> attestation) {
    String ref = text(attestation.get("ref"));
    return ref.isEmpty() ? "" : "commit %s of %s".formatted(text(attestation.get("commit")), ref);
  }

  private static String run(Map<?, ?> attestation) {
    String trigger = text(attestation.get("trigger"));
    return trigger.isEmpty()
        ? ""
        : "started by %s, on a %s runner; account %s, repository %s"
            .formatted(
                trigger,
                text(attestation.get("runner")),
                text(attestation.get("owner-id")),
                text(attestation.get("repository-id")));
  }

  private static void line(Page page, String label, String text) throws IOException {
    if (!text.isEmpty()) {
      page.labelled(label, Page.Ink.FAINT, "    ", 6, Page.Ink.PLAIN, text);
    }
  }

  private static void root(Page page, Map<String, Object> details) throws IOException {
    if (details.get("trusted-root") instanceof Map<?, ?> root) {
      page.paragraph(
          2,
          Page.Ink.FAINT,
          "trusted root: %s, of %s, %s days old"
              .formatted(
                  text(root.get("name")), text(root.get("date")), text(root.get("age-days"))));
      String note = text(root.get("note"));
      if (!note.isEmpty()) {
        page.paragraph(2, Page.Ink.FAINT, note);
      }
    }
  }

  private static void history(Page page, TargetReport target) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("VERSION", "PUBLISHED", "ATTESTED", "PUBLISHER", "REF", "RUNNER", "TRIGGER"));
    if (target.details().get("versions") instanceof List<?> versions) {
      for (Object version : versions) {
        if (version instanceof Map<?, ?> map) {
          rows.add(versionRow(map));
        }
      }
    }
    rows(page, rows);
    Object baseline = target.details().get("baseline");
    if (baseline != null) {
      page.paragraph(2, Page.Ink.PLAIN, "held against the baseline, of " + text(baseline));
    }
    root(page, target.details());
  }

  private static List<String> versionRow(Map<?, ?> version) {
    String all = text(version.get("files"));
    String attested = text(version.get("attested"));
    return List.of(
        cut(text(version.get("version"))),
        moment(version.get("published")),
        attested.equals("0") ? "no" : attested.equals(all) ? "yes" : attested + " of " + all,
        joined(version, "publisher"),
        joined(version, "ref"),
        joined(version, "runner"),
        joined(version, "trigger"));
  }

  private static String joined(Map<?, ?> version, String key) {
    return version.get("publishers") instanceof List<?> publishers
        ? publishers.stream()
            .map(publisher -> publisher instanceof Map<?, ?> map ? cut(text(map.get(key))) : "")
            .distinct()
            .collect(Collectors.joining(", "))
        : "";
  }

  private static void rows(Page page, List<List<String>> rows) throws IOException {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(" ", widths[i] + 2 - row.get(i).length());
      }
      page.row(2, row.equals(rows.getFirst()) ? Page.Ink.BOLD : Page.Ink.PLAIN, line.toString());
    }
    page.blank();
  }

  private static List<Map<?, ?>> attestations(Map<String, Object> details) {
    List<Map<?, ?>> attestations = new ArrayList<>();
    if (details.get("attestations") instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map) {
          attestations.add(map);
        }
      }
    }
    return attestations;
  }

  private static String cut(String text) {
    return text.length() <= LISTED_BY_NAME ? text : text.substring(0, LISTED_BY_NAME - 1) + "…";
  }

  /** To the minute. */
  private static String moment(@Nullable Object instant) {
    String text = text(instant);
    return text.length() < 16 ? text : text.substring(0, 16).replace('T', ' ');
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : Printable.of(value.toString(), 300);
  }
}
