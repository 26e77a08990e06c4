package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.vetting.policy.Verdict.Admit;
import dev.gatehouse.vetting.policy.Verdict.Hold;
import dev.gatehouse.vetting.policy.Verdict.Refuse;
import java.util.List;

/**
 * The rules of {@code gatehouse.toml}'s {@code [policy]}, {@code [[allow]]} and {@code [[deny]]}.
 *
 * @param mode what becomes of an artifact that no rule names
 * @param privateNames projects that are never asked of an upstream which does not list them in its
 *     {@code projects}
 * @param allow what {@link Mode#ALLOWLIST} lets in
 * @param deny what is refused in every mode, also where an {@code allow} names it
 */
public record Policy(
    Mode mode, List<ProjectPattern> privateNames, List<AllowRule> allow, List<DenyRule> deny) {
  public Policy {
    privateNames = List.copyOf(privateNames);
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** No rules: everything is admitted and nothing is private. */
  public static Policy observing() {
    return new Policy(Mode.OBSERVE, List.of(), List.of(), List.of());
  }

  /**
   * The verdict on an artifact. The order is the rule: a denial is heard before anything that lets
   * in.
   */
  public Verdict judge(Evidence evidence) {
    ArtifactName artifact = evidence.artifact();
    for (DenyRule rule : deny) {
      if (rule.covers(artifact)) {
        return new Refuse(new Reason("denied", deniedBy(rule)));
      }
    }
    if (evidence.firstSeen() != null && !namesTheBytes(evidence)) {
      return new Hold(
          new Reason(
              "bytes-changed",
              "the upstream offers other bytes under this file name than when it was first seen;"
                  + " an [[allow]] entry that names the new sha256 releases it"));
    }
    return switch (mode) {
      case OBSERVE -> new Admit(new Reason("observed", "no rule denies it"));
      case ALLOWLIST -> judgeByAllowlist(evidence);
    };
  }

  private Verdict judgeByAllowlist(Evidence evidence) {
    boolean versionAllowed = false;
    for (AllowRule rule : allow) {
      if (rule.coversVersionOf(evidence.artifact())) {
        versionAllowed = true;
        if (rule.sha256().isEmpty() || namesTheBytes(rule, evidence)) {
          return new Admit(new Reason("allowed", "an allow rule names it"));
        }
      }
    }
    return new Refuse(
        versionAllowed
            ? new Reason("hash-not-allowed", "its sha256 is not among those that are allowed")
            : new Reason("not-allowed", "no allow rule names it"));
  }

  /**
   * Whether an allow rule names these very bytes: the one thing that releases a file whose bytes
   * changed.
   */
  public boolean namesTheBytes(Evidence evidence) {
    return allow.stream().anyMatch(rule -> namesTheBytes(rule, evidence));
  }

  private static boolean namesTheBytes(AllowRule rule, Evidence evidence) {
    return evidence.sha256() != null && rule.names(evidence.artifact(), evidence.sha256());
  }

  private static String deniedBy(DenyRule rule) {
    return rule.reason().isBlank() ? "a deny rule names it" : rule.reason();
  }
}
