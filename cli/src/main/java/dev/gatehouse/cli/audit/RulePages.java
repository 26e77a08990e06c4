package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.comparison.ComparisonRules;
import dev.gatehouse.findings.NearestWord;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.pins.check.PinRules;
import dev.gatehouse.provenance.ProvenanceRules;
import dev.gatehouse.provenance.workflow.PublisherRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages of {@code docs/rules}, as {@code --explain} prints them. */
final class RulePages {
  private final List<Rule> rules;

  /** The pages of these rules. */
  RulePages(List<Rule> rules) {
    this.rules = rules.stream().sorted(Comparator.comparing(Rule::name)).toList();
  }

  /** The pages of all rules that any command knows. */
  static RulePages ofAllRules() {
    return new RulePages(allRules());
  }

  /** All rules that any command knows. */
  static List<Rule> allRules() {
    return Stream.of(
            Inspector.rules(),
            PinRules.all(),
            ComparisonRules.ALL,
            ProvenanceRules.ALL,
            PublisherRules.all())
        .flatMap(List::stream)
        .toList();
  }

  /** A line for each rule: its name, its severity, its title. */
  String list() {
    int longest = rules.stream().mapToInt(rule -> rule.name().length()).max().orElse(0);
    return rules.stream()
        .map(
            rule ->
                "%s  %s  %s\n"
                    .formatted(
                        padded(rule.name(), longest),
                        padded(rule.severity().text(), "critical".length()),
                        rule.title()))
        .collect(Collectors.joining());
  }

  private static String padded(String text, int length) {
    return text + " ".repeat(length - text.length());
  }

  /**
   * The page of a rule.
   *
   * @throws CommandFailure where there is no rule of that name
   */
  String page(String name) {
    Rule rule =
        rules.stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    return read(rule)
        .orElseGet(
            () ->
                "# %s\n\n%s (%s).\n\n%s\n"
                    .formatted(rule.name(), rule.title(), rule.severity().text(), rule.remedy()));
  }

  private CommandFailure unknown(String name) {
    String nearest =
        NearestWord.find(name, rules.stream().map(Rule::name).toList())
            .map(word -> " Did you mean " + word + "?")
            .orElse("");
    return new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not explain "
            + Printable.of(name, 100)
            + ": there is no rule of that name."
            + nearest,
        "All of them: gatehouse audit --explain list");
  }

  /** The build packs the pages beside this class. */
  private static Optional<String> read(Rule rule) {
    try (InputStream in = RulePages.class.getResourceAsStream("rules/" + rule.name() + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
