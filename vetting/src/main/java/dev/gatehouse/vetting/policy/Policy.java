package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectPattern;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The rules of {@code gatehouse.toml}'s {@code [policy]}, {@code [[allow]]} and {@code [[deny]]}.
 *
 * @param mode what becomes of an artifact that no rule names
 * @param privateNames projects that are never asked of an upstream which does not list them in its
 *     {@code projects}
 * @param allow what {@link Mode#ALLOWLIST} lets in; in {@link Mode#VETTED}, what lifts a hold where
 *     it names the exact version, and a refusal where it names the bytes
 * @param deny what is refused in every mode, also where an {@code allow} names it
 * @param vetting what {@link Mode#VETTED} asks
 */
public record Policy(
    Mode mode,
    List<ProjectPattern> privateNames,
    List<AllowRule> allow,
    List<DenyRule> deny,
    VettingRules vetting) {
  public Policy {
    privateNames = List.copyOf(privateNames);
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** With the default vetting. */
  public Policy(
      Mode mode, List<ProjectPattern> privateNames, List<AllowRule> allow, List<DenyRule> deny) {
    this(mode, privateNames, allow, deny, VettingRules.DEFAULT);
  }

  /** No rules: everything is admitted and nothing is private. */
  public static Policy observing() {
    return new Policy(Mode.OBSERVE, List.of(), List.of(), List.of());
  }

  /** The verdict on an artifact at this time. */
  public Verdict judge(Evidence evidence, Instant now) {
    return new Judgement(this, evidence, now).verdict();
  }

  /**
   * Whether something names these very bytes, and so releases a file whose bytes changed: an allow
   * rule, or a person's approval.
   */
  public boolean namesTheBytes(Evidence evidence, Instant now) {
    return allow.stream().anyMatch(rule -> rule.namesBytes(evidence.artifact(), evidence.sha256()))
        || evidence.decisions().stream()
            .anyMatch(
                decision ->
                    decision.kind() == Decision.Kind.APPROVE
                        && decision.covers(evidence.artifact(), evidence.sha256(), now));
  }

  /** Tells policies apart: two that would judge alike in all cases may still differ in it. */
  public Sha256 fingerprint() {
    // Sets have no order of their own: what goes into the hash must not depend on the run.
    StringBuilder text = new StringBuilder();
    text.append(mode).append('\n').append(privateNames).append('\n').append(vetting).append('\n');
    for (AllowRule rule : allow) {
      text.append("allow ").append(rule.project()).append(' ').append(rule.versions());
      rule.sha256().stream().map(Sha256::hex).sorted().forEach(hex -> text.append(' ').append(hex));
      text.append('\n');
    }
    deny.forEach(rule -> text.append(rule).append('\n'));
    return Sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
