package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.advisories.AdvisorySeverity;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.vetting.policy.AllowRule;
import dev.gatehouse.vetting.policy.CompareRules;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code [policy]}, {@code [[allow]]} and {@code [[deny]]}, and puts {@code [[provenance]]}
 * beside them.
 */
final class PolicyReader {
  private static final Function<String, Mode> MODE = TableReader.oneOf(Mode.values(), Mode::text);

  private static final Function<String, AdvisorySeverity> SEVERITY =
      TableReader.oneOf(
          AdvisorySeverity.values(), severity -> severity.name().toLowerCase(Locale.ROOT));

  private PolicyReader() {}

  static Policy read(
      TableReader policy,
      List<TableReader> allow,
      List<TableReader> deny,
      ProvenancePolicy provenance) {
    Mode mode = policy.find(Setting.MODE, MODE).orElse(Mode.VETTED);
    List<ProjectPattern> privateNames = policy.list(Setting.PRIVATE, ProjectPattern::parse);
    List<AllowRule> allowRules = new ArrayList<>();
    for (TableReader table : allow) {
      allow(table).ifPresent(allowRules::add);
    }
    List<DenyRule> denyRules = new ArrayList<>();
    for (TableReader table : deny) {
      deny(table).ifPresent(denyRules::add);
    }
    return new Policy(mode, privateNames, allowRules, denyRules, vetting(policy, provenance));
  }

  private static Optional<AllowRule> allow(TableReader table) {
    List<SpecifierSet> versions = table.oneOrMore(Setting.ALLOW_VERSIONS, PolicyReader::versions);
    List<Sha256> sha256 = table.oneOrMore(Setting.ALLOW_SHA256, Sha256::parse);
    return table
        .require(Setting.ALLOW_PROJECT, PolicyReader::project)
        .map(project -> new AllowRule(project, versions, Set.copyOf(sha256)));
  }

  private static Optional<DenyRule> deny(TableReader table) {
    List<SpecifierSet> versions = table.oneOrMore(Setting.DENY_VERSIONS, PolicyReader::versions);
    String reason = table.find(Setting.DENY_REASON, Function.identity()).orElse("");
    return table
        .require(Setting.DENY_PROJECT, PolicyReader::project)
        .map(project -> new DenyRule(project, versions, reason));
  }

  private static VettingRules vetting(TableReader policy, ProvenancePolicy provenance) {
    VettingRules standard = VettingRules.DEFAULT;
    long approvers =
        policy
            .find(Setting.AGE_APPROVERS, Long.class, "a number")
            .orElse((long) standard.ageApprovers());
    if (approvers < 1 || approvers > 100) {
      policy.problem(Setting.AGE_APPROVERS, "must be 1 to 100, not " + approvers);
      approvers = standard.ageApprovers();
    }
    return new VettingRules(
        policy.find(Setting.MINIMUM_AGE, Durations::parse).orElse(standard.minimumAge()),
        policy.list(Setting.EXEMPT, ProjectPattern::parse),
        policy.find(Setting.NOT_AFTER, PolicyReader::instant).orElse(null),
        (int) approvers,
        policy.find(Setting.INSPECT, Boolean.class, "true or false").orElse(standard.inspect()),
        policy
            .find(Setting.VULNERABILITIES, PolicyReader::severity)
            .orElse(Optional.ofNullable(standard.vulnerabilities()))
            .orElse(null),
        policy
            .find(Setting.STALE_ADVISORIES, Durations::parsePositive)
            .orElse(standard.staleAdvisories()),
        compare(policy),
        provenance);
  }

  private static CompareRules compare(TableReader policy) {
    List<ProjectPattern> projects = policy.list(Setting.COMPARE, ProjectPattern::parse);
    long coverage = policy.find(Setting.MINIMUM_COVERAGE, Long.class, "a number").orElse(0L);
    if (coverage < 0 || coverage > 100) {
      policy.problem(Setting.MINIMUM_COVERAGE, "must be 0 to 100, not " + coverage);
      coverage = 0;
    }
    return new CompareRules(projects, (int) coverage);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "must be a time in UTC such as \"2026-03-24T10:00:00Z\", not " + quoted(text));
    }
  }

  /** Empty: none holds. */
  private static Optional<AdvisorySeverity> severity(String text) {
    return text.equals("never") ? Optional.empty() : Optional.of(SEVERITY.apply(text));
  }

  private static ProjectName project(String text) {
    if (text.endsWith("*")) {
      throw new IllegalArgumentException(
          "must be one project's name, not the pattern " + quoted(text));
    }
    return ProjectName.parse(text);
  }

  /** Empty would mean every version, which is said by leaving the key out. */
  private static SpecifierSet versions(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "the specifier set is empty; leave the key out to mean every version");
    }
    return SpecifierSet.parse(text);
  }
}
