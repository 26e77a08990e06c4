package dev.gatehouse.advisories;

import dev.gatehouse.advisories.VersionRange.Event;
import dev.gatehouse.advisories.VersionRange.EventKind;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record of the OSV schema (1.7) from a walk that stands on it. Of {@code affected} only
 * PyPI counts; a {@code GIT} range names commits, which no artifact carries, and is passed over.
 */
final class OsvRecordReader {
  private static final String ECOSYSTEM = "PyPI";

  /** Versions, events and the like; no real record comes near: the largest of PYSEC has 1,300. */
  private static final int MOST_ELEMENTS = 20_000;

  private final JsonWalk json;

  /** Thousands of records list the same versions: each is read and kept once. */
  private final Map<String, Version> versions;

  /** What an answer of OSV's query interface holds its records in, instead of being one. */
  private final Runnable listed;

  /** Why it is no record; found out on the way, told at its end, so that the next can be read. */
  private @Nullable String fault;

  private int elements;

  OsvRecordReader(JsonWalk json, Map<String, Version> versions, Runnable listed) {
    this.json = json;
    this.versions = versions;
    this.listed = listed;
  }

  /**
   * Reads the object that the walk stands on; empty where it is about no project of PyPI.
   *
   * @throws MalformedException where it is no record; the walk stands at its end
   */
  Optional<Advisory> read() {
    if (!json.isObject()) {
      throw new MalformedException("a record is a JSON object");
    }
    OsvDraft draft = new OsvDraft();
    json.members(name -> member(draft, name));
    if (fault != null) {
      throw new MalformedException(fault);
    }
    return draft.isOurs() ? Optional.of(draft.finish()) : Optional.empty();
  }

  private void member(OsvDraft draft, String name) {
    switch (name) {
      case "id" -> draft.id = json.string();
      case "modified" -> draft.modified = json.string();
      case "withdrawn" -> {
        draft.isWithdrawn = !json.isNull();
        draft.withdrawn = json.string();
      }
      case "summary" -> draft.summary = stringOrEmpty();
      case "details" -> draft.details = stringOrEmpty();
      case "aliases" -> json.strings(alias -> add(draft.aliases, alias));
      case "severity" -> severities(draft);
      case "database_specific" -> json.members(key -> databaseSpecific(draft, key));
      case "affected" -> json.elements(() -> affected(draft));
      case "vulns" -> json.elements(listed);
      default -> {}
    }
  }

  private void severities(OsvDraft draft) {
    json.elements(
        () ->
            json.members(
                key -> {
                  String score = json.string();
                  if (key.equals("score") && score != null) {
                    draft.score(score);
                  }
                }));
  }

  private void databaseSpecific(OsvDraft draft, String key) {
    switch (key) {
      case "severity" -> {
        String word = json.string();
        draft.stated =
            word == null ? draft.stated : AdvisorySeverity.find(word).orElse(draft.stated);
      }
      case "cwe_ids" -> json.strings(cwe -> draft.isMalware |= MalwareSigns.isWeakness(cwe));
      case "cwes" -> json.elements(() -> json.members(field -> weakness(draft, field)));
      case "malicious-packages-origins" -> json.elements(() -> draft.isMalware = true);
      default -> {}
    }
  }

  private void weakness(OsvDraft draft, String field) {
    String text = json.string();
    if (field.equals("cweId") && text != null) {
      draft.isMalware |= MalwareSigns.isWeakness(text);
    }
  }

  private void affected(OsvDraft draft) {
    AffectedDraft entry = new AffectedDraft();
    OsvDraft severity = new OsvDraft();
    json.members(
        name -> {
          switch (name) {
            case "package" -> json.members(key -> entry.name(key, json.string()));
            case "versions" -> json.strings(text -> version(entry, text));
            case "ranges" -> json.elements(() -> range(entry));
            case "severity" -> severities(severity);
            case "database_specific" -> json.members(key -> databaseSpecific(severity, key));
            default -> {}
          }
        });
    if (!entry.isOurs()) {
      return;
    }
    draft.isMalware |= severity.isMalware;
    draft.scored = worse(draft.scored, severity.scored);
    draft.stated = worse(draft.stated, severity.stated);
    Optional<ProjectName> project = ProjectName.parseIfValid(entry.name);
    project.ifPresent(
        known -> add(draft.affected, new AffectedProject(known, entry.versions, entry.ranges)));
    if (project.isEmpty()) {
      fault = "it names no project: " + MalformedException.quoted(entry.name);
    }
  }

  private static @Nullable AdvisorySeverity worse(
      @Nullable AdvisorySeverity one, @Nullable AdvisorySeverity other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private void range(AffectedDraft entry) {
    List<Event> events = new ArrayList<>();
    boolean[] git = {false};
    json.members(
        name -> {
          switch (name) {
            case "type" -> git[0] = "GIT".equals(json.string());
            case "events" -> json.elements(() -> json.members(kind -> event(events, kind)));
            default -> {}
          }
        });
    if (!git[0]) {
      add(entry.ranges, new VersionRange(events));
    }
  }

  private void event(List<Event> events, String kind) {
    String version = json.string();
    if (version == null) {
      return;
    }
    Optional<EventKind> known =
        switch (kind) {
          case "introduced" -> Optional.of(EventKind.INTRODUCED);
          case "fixed" -> Optional.of(EventKind.FIXED);
          case "last_affected" -> Optional.of(EventKind.LAST_AFFECTED);
          case "limit" -> Optional.of(EventKind.LIMIT);
          default -> Optional.empty();
        };
    known.ifPresent(event -> add(events, Event.of(event, version)));
  }

  /** What is no version of PEP 440 is the version of no artifact. */
  private void version(AffectedDraft entry, String text) {
    Version version =
        versions.computeIfAbsent(text, written -> Version.parseIfValid(written).orElse(null));
    if (version != null) {
      add(entry.versions, version);
    }
  }

  private <T> void add(Collection<T> all, T element) {
    if (elements < MOST_ELEMENTS) {
      elements++;
      all.add(element);
    } else {
      fault = "it lists more than %d versions, events and the like".formatted(MOST_ELEMENTS);
    }
  }

  private String stringOrEmpty() {
    String text = json.string();
    return text == null ? "" : text;
  }

  /** What was read of an element of {@code affected} so far. */
  private static final class AffectedDraft {
    private @Nullable String ecosystem;
    private String name = "";
    private final Set<Version> versions = new HashSet<>();
    private final List<VersionRange> ranges = new ArrayList<>();

    void name(String key, @Nullable String value) {
      switch (key) {
        case "ecosystem" -> ecosystem = value;
        case "name" -> name = value == null ? "" : value;
        default -> {}
      }
    }

    boolean isOurs() {
      return ECOSYSTEM.equals(ecosystem);
    }
  }
}
