package dev.gatehouse.vetting;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.vetting.evidence.Known;
import dev.gatehouse.vetting.policy.Policy;
import java.nio.charset.StandardCharsets;

/**
 * What all verdicts depend on at one moment.
 *
 * @param epoch the hash of policy, rule set and advisories: a verdict of another epoch is not valid
 *     any more
 */
record InForce(Policy policy, Known known, Sha256 epoch) {
  static InForce of(Policy policy, Known known, Sha256 rules) {
    String all = policy.fingerprint() + "\n" + rules + "\n" + known.id();
    return new InForce(policy, known, Sha256.digest(all.getBytes(StandardCharsets.UTF_8)));
  }
}
