package dev.gatehouse.cli.configuration;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.vetting.policy.AllowRule;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code [policy]}, {@code [[allow]]} and {@code [[deny]]}. */
final class PolicyReader {
  private static final Function<String, Mode> MODE = TableReader.oneOf(Mode.values(), Mode::text);

  private PolicyReader() {}

  static Policy read(TableReader policy, List<TableReader> allow, List<TableReader> deny) {
    Mode mode = policy.find(Setting.MODE, PolicyReader::mode).orElse(Mode.OBSERVE);
    List<ProjectPattern> privateNames = policy.list(Setting.PRIVATE, ProjectPattern::parse);
    List<AllowRule> allowRules = new ArrayList<>();
    for (TableReader table : allow) {
      allow(table).ifPresent(allowRules::add);
    }
    List<DenyRule> denyRules = new ArrayList<>();
    for (TableReader table : deny) {
      deny(table).ifPresent(denyRules::add);
    }
    return new Policy(mode, privateNames, allowRules, denyRules);
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

  private static Mode mode(String text) {
    if (text.equals("vetted")) {
      throw new IllegalArgumentException(
          "this version does not vet artifacts yet; use \"observe\", or \"allowlist\" with [[allow]] to decide what comes in");
    }
    return MODE.apply(text);
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
