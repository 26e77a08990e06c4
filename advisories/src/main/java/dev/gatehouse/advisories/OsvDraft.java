package dev.gatehouse.advisories;

import dev.gatehouse.packaging.MalformedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was read of a record so far. Its parts stand in any order. */
final class OsvDraft {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_SUMMARY = 200;

  @Nullable String id;
  @Nullable String modified;
  @Nullable String withdrawn;
  boolean isWithdrawn;
  boolean isMalware;
  String summary = "";
  String details = "";
  @Nullable AdvisorySeverity stated;
  @Nullable AdvisorySeverity scored;
  final List<String> aliases = new ArrayList<>();
  final List<AffectedProject> affected = new ArrayList<>();

  void score(String vector) {
    Cvss3.score(vector).stream()
        .boxed()
        .flatMap(score -> AdvisorySeverity.of(score).stream())
        .filter(severity -> scored == null || severity.compareTo(scored) < 0)
        .forEach(severity -> scored = severity);
  }

  /** Whether it is about PyPI at all. */
  boolean isOurs() {
    return !affected.isEmpty();
  }

  Advisory finish() {
    if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
      throw new MalformedException("the record has no id");
    }
    boolean bounded = affected.stream().allMatch(AffectedProject::isBounded);
    boolean malware = isMalware || MalwareSigns.areIn(id, summary, details, bounded);
    return new Advisory(
        id,
        aliases,
        malware ? AdvisoryKind.MALWARE : AdvisoryKind.VULNERABILITY,
        stated != null ? stated : scored,
        firstLine(summary.isBlank() ? details : summary),
        modified == null ? Instant.EPOCH : instant("modified", modified),
        withdrawal(),
        affected);
  }

  /** Withdrawn at an unreadable time is neither withdrawn nor not: the record is malformed. */
  private @Nullable Instant withdrawal() {
    if (!isWithdrawn) {
      return null;
    }
    return instant("withdrawn", withdrawn == null ? "" : withdrawn);
  }

  private static Instant instant(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedException(
          "\"" + field + "\" is no time of RFC 3339: " + MalformedException.quoted(text), e);
    }
  }

  private static String firstLine(String text) {
    String stripped = text.strip();
    int end = stripped.indexOf('\n');
    String line = end < 0 ? stripped : stripped.substring(0, end).strip();
    return line.length() <= LONGEST_SUMMARY ? line : line.substring(0, LONGEST_SUMMARY - 1) + "…";
  }
}
