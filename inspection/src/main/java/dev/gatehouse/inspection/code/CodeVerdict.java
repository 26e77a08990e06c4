package dev.gatehouse.inspection.code;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.code.Facts.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the facts of one file into findings. A strong rule blocks where its code runs by itself, or
 * where two of them meet in one file; alone in code that somebody must call, it is for review. Weak
 * rules never add up to a block.
 */
final class CodeVerdict {
  /** A strong rule that was met. */
  private record Match(Pattern pattern, Place place, boolean automatic, String sentence) {}

  private final String path;
  private final Facts facts;
  private final Moment moment;

  CodeVerdict(String path, Facts facts, Moment moment) {
    this.path = path;
    this.facts = facts;
    this.moment = moment;
  }

  List<Finding> findings() {
    List<Match> matches = matches();
    boolean together = matches.size() > 1 && moment != Moment.CALL;
    List<Finding> findings = new ArrayList<>();
    for (Match match : matches) {
      boolean blocks = match.automatic() || together;
      Severity severity =
          blocks ? Severity.CRITICAL : moment != Moment.CALL ? Severity.HIGH : Severity.MEDIUM;
      Moment when = match.automatic() ? moment : Moment.CALL;
      findings.add(
          match
              .pattern()
              .rule()
              .at(
                  match.place().path().isEmpty() ? path : match.place().path(),
                  match.place().line(),
                  match.sentence() + ", " + when.text(),
                  match.place().evidence())
              .as(severity, blocks));
    }
    weak(findings);
    return findings;
  }

  private List<Match> matches() {
    List<Match> matches = new ArrayList<>();
    Facts.View automatic = facts.view(true);
    Facts.View all = facts.view(false);
    for (Pattern pattern : Pattern.ALL) {
      Place place = pattern.match(automatic);
      if (place != null && moment.isAutomatic()) {
        matches.add(new Match(pattern, place, true, pattern.told(automatic)));
        continue;
      }
      place = pattern.match(all);
      if (place != null) {
        matches.add(new Match(pattern, place, false, pattern.told(all)));
      }
    }
    return matches;
  }

  private void weak(List<Finding> findings) {
    Facts.View automatic = facts.view(true);
    Facts.View all = facts.view(false);
    startupEffects(findings, automatic);
    if (all.has(Fact.WRITES_STARTUP)) {
      boolean runs = automatic.has(Fact.WRITES_STARTUP) && moment.isAutomatic();
      add(
          findings,
          CodeRules.STARTUP_WRITE
              .at(path, 0, "Writes a file that Python runs at every start", "")
              .as(runs ? Severity.HIGH : Severity.MEDIUM, false),
          all.place(Fact.WRITES_STARTUP));
    }
    if (all.has(Fact.WRITES_TOOL_FILE)) {
      boolean runs = automatic.has(Fact.WRITES_TOOL_FILE) && moment.isAutomatic();
      add(
          findings,
          CodeRules.TOOL_FILE_WRITE
              .at(path, 0, "Writes a file that an editor or a tool runs by itself", "")
              .as(runs ? Severity.HIGH : Severity.MEDIUM, false),
          all.place(Fact.WRITES_TOOL_FILE));
    }
    if (all.has(Fact.DECODES_LONG) && findings.isEmpty()) {
      add(
          findings,
          CodeRules.LITERAL_DECODED.at(
              path,
              0,
              "Decodes a literal of more than %d characters".formatted(Decoding.LONG_LITERAL),
              ""),
          all.place(Fact.DECODES_LONG));
    }
  }

  /**
   * What setup.py starts is told of the sdist as a whole; nothing at start-up may start anything.
   */
  private void startupEffects(List<Finding> findings, Facts.View automatic) {
    boolean effects = automatic.hasAny(Fact.SPAWNS, Fact.CONNECTS);
    if (!effects || !moment.isAutomatic() || moment == Moment.INSTALL) {
      return;
    }
    boolean startup = moment == Moment.STARTUP;
    String what = automatic.has(Fact.SPAWNS) ? "Starts a program" : "Opens a connection";
    add(
        findings,
        CodeRules.IMPORT_EFFECTS
            .at(path, 0, what + " " + moment.text(), "")
            .as(startup ? Severity.CRITICAL : Severity.LOW, startup),
        automatic.place(Fact.SPAWNS, Fact.CONNECTS));
  }

  private void add(
      List<Finding> findings, Finding finding, @org.jspecify.annotations.Nullable Place place) {
    findings.add(
        place == null
            ? finding
            : new Finding(
                finding.rule(),
                finding.severity(),
                finding.blocking(),
                place.path().isEmpty() ? path : place.path(),
                place.line(),
                finding.message(),
                place.evidence()));
  }
}
