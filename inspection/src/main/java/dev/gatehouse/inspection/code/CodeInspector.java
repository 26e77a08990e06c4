package dev.gatehouse.inspection.code;

import dev.gatehouse.advisories.Indicator;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.Moment;
import dev.gatehouse.inspection.python.SourceText;
import dev.gatehouse.inspection.python.SyntaxTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Judges source code by what it does and when it runs, without running it: a source is parsed, gone
 * through on what is known of its values, layer by layer, and what it does is held against the
 * rules. For any number of threads.
 */
public final class CodeInspector implements SourceInspection {
  private final Knowledge knowledge;

  /** With strings that nothing benign contains. */
  public CodeInspector(Collection<Indicator> indicators) {
    knowledge = new Knowledge(indicators);
  }

  @Override
  public Reading python(String path, byte[] source, Moment moment) {
    SourceText text = SourceText.of(source);
    Program program = run(text.text(), moment);
    List<Finding> findings = new ArrayList<>(indicators(path, program.facts()));
    findings.addAll(new CodeVerdict(path, program.facts(), moment).findings());
    findings.addAll(TextSigns.of(path, text));
    List<Problem> problems =
        program.isLimited()
            ? List.of(
                new Problem(path, "Holds code in more layers than are opened; not all was seen"))
            : List.of();
    return new Reading(findings, problems);
  }

  private Program run(String text, Moment moment) {
    // A script that is run to build or install is the main one.
    Program program = new Program(knowledge, text.length(), moment == Moment.INSTALL);
    new Interpreter(program, SyntaxTree.of(text), moment.isAutomatic()).run();
    return program;
  }

  private List<Finding> indicators(String path, Facts facts) {
    List<Finding> findings = new ArrayList<>();
    facts
        .indicators()
        .forEach(
            (text, place) -> findings.add(indicator(path, text, place.line(), place.evidence())));
    return findings;
  }

  private Finding indicator(String path, String text, int line, String evidence) {
    Indicator known =
        knowledge.indicators().stream()
            .filter(indicator -> indicator.text().equals(text))
            .findFirst()
            .orElseThrow();
    return CodeRules.KNOWN_INDICATOR.at(
        path,
        line,
        "Contains %s, %s of %s".formatted(known.text(), known.what(), known.incident()),
        evidence);
  }

  @Override
  public Reading script(String path, byte[] source, Moment moment) {
    return new Reading(new ScriptText(path, source, knowledge).findings(), List.of());
  }

  @Override
  public Set<Trait> traits(String code) {
    Facts facts = run(code, Moment.STARTUP).facts();
    Facts.View view = facts.view(false);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (view.hasAny(Fact.DECODES, Fact.EXECUTES_DECODED, Fact.SPAWNS_DECODED, Fact.HIDES_NAME)) {
      traits.add(Trait.DECODES);
    }
    if (view.hasAny(Fact.EXECUTES, Fact.EXECUTES_FETCHED)) {
      traits.add(Trait.EXECUTES);
    }
    if (view.has(Fact.SPAWNS)) {
      traits.add(Trait.SPAWNS);
    }
    if (view.hasAny(Fact.CONNECTS, Fact.FETCHES, Fact.SENDS)) {
      traits.add(Trait.NETWORK);
    }
    if (view.has(Fact.SPAWNS_INTERPRETER) || code.contains("sys.executable")) {
      traits.add(Trait.NAMES_INTERPRETER);
    }
    if (!view.stores().isEmpty()) {
      traits.add(Trait.READS_CREDENTIALS);
    }
    if (view.has(Fact.READS_ENVIRONMENT)) {
      traits.add(Trait.READS_ENVIRONMENT);
    }
    if (view.has(Fact.WRITES)) {
      traits.add(Trait.WRITES_FILES);
    }
    return traits;
  }
}
