package dev.gatehouse.vetting;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.vetting.evidence.Known;
import dev.gatehouse.vetting.policy.Policy;
import java.util.List;
import java.util.Map;

/** Standings without a store, for tests of what is made from them. */
public final class Standings {
  private Standings() {}

  /** Of a project about which nothing was decided, and none of whose files was inspected. */
  public static Standing of(ProjectName project, Policy policy) {
    Sha256 none = Sha256.digest(new byte[0]);
    Known known = new Known(KnownBad.builtIn(), none, 0, null, null);
    return new Standing(
        project, InForce.of(policy, known, none), List.of(), Map.of(), Map.of(), null, null);
  }
}
