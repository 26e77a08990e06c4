package dev.gatehouse.inspection.code;

import dev.gatehouse.advisories.Indicator;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
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
    this(new Knowledge(indicators, false));
  }

  private CodeInspector(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * One that goes through every function, also where the words of its file can reach nothing: what
   * the other is held against. It finds the same and takes longer.
   */
  public static CodeInspector thorough(Collection<Indicator> indicators) {
    return new CodeInspector(new Knowledge(indicators, true));
  }

  @Override
  public Reading python(String path, byte[] source, Moment moment, Modules modules) {
    SourceText text = SourceText.of(source);
    Program program = run(path, text.text(), moment, modules);
    List<Finding> findings = new ArrayList<>(indicators(path, program.facts()));
    findings.addAll(new CodeVerdict(path, program.facts(), moment).findings());
    findings.addAll(TextSigns.of(path, text));
    List<Problem> problems = new ArrayList<>();
    if (program.isLimited()) {
      problems.add(
          new Problem(path, "Holds code in more layers than are opened; not all was seen"));
    }
    if (program.isUnseen()) {
      problems.add(
          new Problem(
              path,
              "Executes a file of the package that is too large to be kept; it was not seen"));
    }
    if (program.unread() > 0 && moment.isAutomatic()) {
      problems.add(
          new Problem(
              path,
              "Holds %d statements that could not be read as Python; what they do was not seen"
                  .formatted(program.unread())));
    }
    if (program.facts().view(true).hasAny(Fact.EXECUTES, Fact.SPAWNS_INTERPRETER)) {
      program.dataRead().forEach(ending -> program.addOutside(ReflectionCalls.DATA + ending));
    }
    return new Reading(
        findings, problems, program.outside(), isCapable(program.facts()), traits(program.facts()));
  }

  /** Whether there is anything in it that would matter if something called it. */
  private static boolean isCapable(Facts facts) {
    Facts.View view = facts.view(false);
    return !view.stores().isEmpty()
        || view.hasAny(
            Fact.EXECUTES,
            Fact.DECODES,
            Fact.HIDES_NAME,
            Fact.SPAWNS,
            Fact.CONNECTS,
            Fact.SENDS,
            Fact.READS_ENVIRONMENT,
            Fact.PERSISTS);
  }

  private Program run(String path, String text, Moment moment, Modules modules) {
    Program program = new Program(knowledge, text.length(), modules);
    // A script that is run to build or install is the main one.
    boolean isMain = moment == Moment.INSTALL;
    SyntaxTree tree = SyntaxTree.of(text);
    program.addUnread(tree.unread());
    Interpreter interpreter = new Interpreter(program, tree, path, moment.isAutomatic(), isMain);
    if (modules.equals(Modules.none())) {
      interpreter.run();
    } else {
      interpreter.runModule();
    }
    return program;
  }

  private List<Finding> indicators(String path, Facts facts) {
    List<Finding> findings = new ArrayList<>();
    facts
        .indicators()
        .forEach(
            (text, place) ->
                findings.add(indicator(at(place, path), text, place.line(), place.evidence())));
    return findings;
  }

  private static String at(Facts.Place place, String path) {
    return place.path().isEmpty() ? path : place.path();
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
  public Set<Trait> traits(String code, Modules modules) {
    Set<Trait> traits = traits(run("", code, Moment.STARTUP, modules).facts());
    if (code.contains("sys.executable")) {
      traits.add(Trait.NAMES_INTERPRETER);
    }
    return traits;
  }

  private static Set<Trait> traits(Facts facts) {
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
    if (view.has(Fact.SPAWNS_INTERPRETER)) {
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
