package dev.gatehouse.provenance;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/** What a look at the provenance of artifacts can find. */
public final class ProvenanceRules {
  private static final String ASK =
      "Ask the project, over a way that you know, before you install it.";

  /** An attestation that does not hold is worse than none: somebody made it. */
  public static final Rule INVALID =
      new Rule(
          "provenance-invalid",
          Severity.HIGH,
          false,
          "An attestation that does not hold",
          "Treat it as altered until the reason is known; ask whoever published it.");

  /** The policy asks for one. */
  public static final Rule MISSING =
      new Rule(
          "provenance-missing",
          Severity.HIGH,
          false,
          "No attestation, and your policy asks for one",
          "Take a version that has one, or change the policy for this project.");

  /** The policy names another publisher. */
  public static final Rule UNEXPECTED =
      new Rule(
          "provenance-publisher-unexpected",
          Severity.HIGH,
          false,
          "Published by somebody whom your policy does not name",
          ASK);

  /** LiteLLM 1.82.7: uploaded with a stolen token, past the workflow that had published before. */
  public static final Rule LOST =
      new Rule(
          "provenance-lost",
          Severity.HIGH,
          false,
          "No attestation, although earlier versions had one",
          "Do not install it: it was made outside the workflow that published before. Ask the project.");

  /** Some files of a version are attested, others never were. */
  public static final Rule PARTIAL =
      new Rule(
          "provenance-partial",
          Severity.MEDIUM,
          false,
          "Only some files of a version are attested",
          "Prefer the files that are; a file can be added to a version by whoever has a token.");

  /** Another account or forge. */
  public static final Rule PUBLISHER_CHANGED =
      new Rule(
          "provenance-publisher-changed",
          Severity.HIGH,
          false,
          "Another publisher than before",
          ASK);

  /** The repository went to another account. */
  public static final Rule OWNER_CHANGED =
      new Rule(
          "provenance-owner-changed",
          Severity.HIGH,
          false,
          "The repository belongs to another account than before",
          ASK);

  /** Another repository of the same account. */
  public static final Rule REPOSITORY_CHANGED =
      new Rule(
          "provenance-repository-changed",
          Severity.HIGH,
          false,
          "Built from another repository than before",
          ASK);

  /** Names change, the forge's numbers do not. */
  public static final Rule RENAMED =
      new Rule(
          "provenance-renamed",
          Severity.MEDIUM,
          false,
          "The repository or its account has another name than before",
          "Write the new name into your policy; whoever takes the old name is somebody else.");

  /** Another file of the same repository published. */
  public static final Rule WORKFLOW_CHANGED =
      new Rule(
          "provenance-workflow-changed",
          Severity.MEDIUM,
          false,
          "Published by another workflow of the same repository",
          "Read the new workflow: whoever may add one may publish.");

  /** From a tag to a branch, or the other way round. */
  public static final Rule REF_CHANGED =
      new Rule(
          "provenance-ref-changed",
          Severity.MEDIUM,
          false,
          "Built from another kind of reference than before",
          "Look at what the reference stood for; a branch can be pushed without a release.");

  /** From a hosted runner to somebody's machine. */
  public static final Rule RUNNER_CHANGED =
      new Rule(
          "provenance-runner-changed",
          Severity.MEDIUM,
          false,
          "Built on another kind of runner than before",
          "Ask the project whose machine it is; what was on it is in no log.");

  /** Another event. */
  public static final Rule TRIGGER_CHANGED =
      new Rule(
          "provenance-trigger-changed",
          Severity.LOW,
          false,
          "Started by another event than before",
          "Look whether the project changed its way to release.");

  /** A machine of their own. */
  public static final Rule SELF_HOSTED =
      new Rule(
          "provenance-self-hosted",
          Severity.MEDIUM,
          false,
          "Built on a self-hosted runner",
          "Know that the build is as clean as that machine, which outlives its builds.");

  /** A run for a branch. */
  public static final Rule NO_TAG =
      new Rule(
          "provenance-no-tag",
          Severity.LOW,
          false,
          "Built from no tag",
          "Compare with the commit that the attestation names, not with a tag.");

  /** Where a history of attestations begins. */
  public static final Rule FIRST =
      new Rule(
          "provenance-first",
          Severity.INFO,
          false,
          "The first version with an attestation",
          "Nothing; pin the publisher, if you use the project.");

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(
          INVALID,
          MISSING,
          UNEXPECTED,
          LOST,
          PARTIAL,
          PUBLISHER_CHANGED,
          OWNER_CHANGED,
          REPOSITORY_CHANGED,
          RENAMED,
          WORKFLOW_CHANGED,
          REF_CHANGED,
          RUNNER_CHANGED,
          TRIGGER_CHANGED,
          SELF_HOSTED,
          NO_TAG,
          FIRST);

  private ProvenanceRules() {}
}
