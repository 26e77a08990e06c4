package dev.gatehouse.vetting.policy;

import dev.gatehouse.advisories.Advisory;
import dev.gatehouse.advisories.AdvisorySeverity;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.provenance.Refusal;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import dev.gatehouse.provenance.verification.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One judgement: gathers all that speaks against an artifact, takes away what somebody answers for,
 * and lets the strictest of what is left decide. All reasons are kept, so that two rules that
 * contradict each other are both read.
 */
final class Judgement {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** How many findings a reason names before it counts the rest. */
  private static final int MOST_NAMED = 3;

  /** What can answer an objection. */
  private enum Answer {
    NOTHING,
    /** An allow rule with the hash. */
    NAMED_BYTES,
    /** That, or an approval, which names the bytes too. */
    APPROVED_BYTES,
    /** That, or an allow rule with the exact version. */
    APPROVAL,
    /** That, where enough people approved. */
    APPROVALS
  }

  /**
   * @param refuses whether it refuses; else it holds
   * @param until when it ends by itself
   */
  private record Objection(
      Reason reason, boolean refuses, Answer answer, @Nullable Instant until) {}

  private final Policy policy;
  private final Evidence evidence;
  private final ArtifactName artifact;
  private final Instant now;
  private final List<Objection> objections = new ArrayList<>();

  Judgement(Policy policy, Evidence evidence, Instant now) {
    this.policy = policy;
    this.evidence = evidence;
    this.artifact = evidence.artifact();
    this.now = now;
  }

  Verdict verdict() {
    gatherInEveryMode();
    return switch (policy.mode()) {
      case OBSERVE -> observed();
      case VETTED -> vetted();
      case ALLOWLIST -> decided(allowlisted());
    };
  }

  private Verdict observed() {
    Verdict decided = decided(new Verdict.Admit(new Reason("observed", "no rule denies it")));
    if (!decided.admitted()) {
      return decided;
    }
    gatherOfVetting();
    List<Reason> reasons = new ArrayList<>(decided.reasons());
    standing()
        .forEach(
            objection ->
                reasons.add(
                    new Reason(
                        objection.reason().code(),
                        (objection.refuses() ? "would be refused: " : "would be held: ")
                            + objection.reason().text())));
    return new Verdict.Admit(reasons);
  }

  private Verdict vetted() {
    gatherOfVetting();
    boolean seen =
        policy.vetting().isEnough(artifact.project(), evidence.inspected())
            && evidence.provenance() != null;
    if (!seen && !isAnswered(Answer.NAMED_BYTES)) {
      return decided(
          new Verdict.Pending(
              List.of(
                  new Reason(
                      "not-inspected",
                      "it is inspected when it is first asked for, before it leaves"))));
    }
    List<Reason> reasons = new ArrayList<>();
    objections.stream()
        .filter(objection -> isAnswered(objection.answer()))
        .forEach(objection -> reasons.add(answered(objection.reason())));
    if (reasons.isEmpty()) {
      reasons.add(new Reason("vetted", "nothing speaks against it"));
    }
    return decided(new Verdict.Admit(reasons));
  }

  private Reason answered(Reason objection) {
    String by =
        approvals()
            .map(decision -> "approved by " + decision.by() + " (" + decision.reason() + ")")
            .findFirst()
            .orElse("an allow rule names it");
    return new Reason("approved", by + ", although " + objection.text());
  }

  private Verdict allowlisted() {
    boolean versionAllowed = false;
    for (AllowRule rule : policy.allow()) {
      versionAllowed |= rule.coversVersionOf(artifact);
      if (rule.lets(artifact, evidence.sha256())) {
        return new Verdict.Admit(new Reason("allowed", "an allow rule names it"));
      }
    }
    return new Verdict.Refuse(
        versionAllowed
            ? new Reason("hash-not-allowed", "its sha256 is not among those that are allowed")
            : new Reason("not-allowed", "no allow rule names it"));
  }

  /** The strictest of the objections that stand, or what it is without any. */
  private Verdict decided(Verdict without) {
    List<Objection> standing = standing();
    List<Reason> reasons = new ArrayList<>();
    standing.forEach(objection -> reasons.add(objection.reason()));
    if (!standing.isEmpty()) {
      overruled().ifPresent(reasons::add);
    }
    if (standing.stream().anyMatch(Objection::refuses)) {
      return new Verdict.Refuse(reasons);
    }
    if (without instanceof Verdict.Refuse || standing.isEmpty()) {
      return without;
    }
    boolean ends = standing.stream().noneMatch(objection -> objection.until() == null);
    Instant until =
        ends
            ? standing.stream()
                .map(objection -> Objects.requireNonNull(objection.until()))
                .max(Comparator.naturalOrder())
                .orElseThrow()
            : null;
    return new Verdict.Hold(reasons, until);
  }

  /** Whoever let it in is told that it was heard, and that the stricter rule wins. */
  private Optional<Reason> overruled() {
    Optional<String> who =
        approvals()
            .map(decision -> decision.by() + " approved it")
            .findFirst()
            .or(
                () ->
                    isNamedByVersion() ? Optional.of("an allow rule names it") : Optional.empty());
    return who.map(text -> new Reason("overruled", text + ", and the stricter rule wins"));
  }

  private List<Objection> standing() {
    return objections.stream()
        .filter(objection -> !isAnswered(objection.answer()))
        .sorted(Comparator.comparing(objection -> !objection.refuses()))
        .toList();
  }

  private boolean isAnswered(Answer answer) {
    return switch (answer) {
      case NOTHING -> false;
      case NAMED_BYTES -> isNamedByBytes();
      case APPROVED_BYTES -> isNamedByBytes() || approvers() > 0;
      case APPROVAL -> isNamedByBytes() || isNamedByVersion() || approvers() > 0;
      case APPROVALS ->
          isNamedByBytes() || isNamedByVersion() || approvers() >= policy.vetting().ageApprovers();
    };
  }

  private boolean isNamedByBytes() {
    return policy.allow().stream().anyMatch(rule -> rule.namesBytes(artifact, evidence.sha256()));
  }

  private boolean isNamedByVersion() {
    return policy.allow().stream().anyMatch(rule -> rule.namesVersion(artifact, evidence.sha256()));
  }

  private Stream<Decision> approvals() {
    return evidence.decisions().stream()
        .filter(decision -> decision.kind() == Decision.Kind.APPROVE)
        .filter(decision -> decision.covers(artifact, evidence.sha256(), now));
  }

  /** People are told apart by their names: one who approves twice is still one. */
  private int approvers() {
    Set<String> names = new HashSet<>();
    approvals().forEach(decision -> names.add(decision.by()));
    return names.size();
  }

  private void gatherInEveryMode() {
    for (DenyRule rule : policy.deny()) {
      if (rule.covers(artifact)) {
        refuse("denied", rule.reason().isBlank() ? "a deny rule names it" : rule.reason());
      }
    }
    for (Decision decision : evidence.decisions()) {
      if (decision.covers(artifact, evidence.sha256(), now)) {
        switch (decision.kind()) {
          case RECALL -> refuse("recalled", "recalled: " + decision.reason());
          case REFUSE ->
              refuse("refused", "refused by " + decision.by() + ": " + decision.reason());
          case APPROVE -> {}
        }
      }
    }
    if (evidence.outside() != null) {
      hold(
          "not-in-snapshot",
          "only what the snapshot %s lists is served, and it does not list this file"
              .formatted(evidence.outside()),
          Answer.NOTHING);
    }
    if (evidence.removed() != null) {
      hold("upstream-removed", evidence.removed(), Answer.APPROVAL);
    }
    if (evidence.firstSeen() != null) {
      hold(
          "bytes-changed",
          "the upstream offers other bytes under this file name than when it was first seen;"
              + " an approval, or an [[allow]] entry that names the new sha256, releases it",
          Answer.APPROVED_BYTES);
    }
  }

  private void gatherOfVetting() {
    if (evidence.malware() != null) {
      String summary = evidence.malware().summary();
      object(
          new Reason(
              "malware",
              evidence.malware().id()
                  + " names it as malware"
                  + (summary.isEmpty() ? "" : ": " + summary)),
          true,
          Answer.NAMED_BYTES,
          null);
    }
    if (policy.vetting().inspect()) {
      gatherOfInspection();
    }
    Inspected inspected = evidence.inspected();
    if (inspected != null && inspected.compared() != null) {
      gatherOfComparison(inspected.compared());
    }
    if (evidence.provenance() != null) {
      gatherOfProvenance(evidence.provenance());
    }
    gatherOfVulnerabilities();
    if (evidence.advisoriesStale() != null) {
      hold("advisories-stale", evidence.advisoriesStale(), Answer.APPROVAL);
    }
    gatherOfAge();
  }

  private void gatherOfInspection() {
    Inspected inspected = evidence.inspected();
    if (inspected == null) {
      return;
    }
    if (!inspected.refusing().isEmpty()) {
      object(new Reason("inspection", named(inspected.refusing())), true, Answer.NAMED_BYTES, null);
    }
    if (!inspected.holding().isEmpty()) {
      hold("inspection-review", named(inspected.holding()), Answer.APPROVAL);
    }
    if (!inspected.unread().isEmpty()) {
      hold(
          "inspection-incomplete",
          "not all of it could be examined: " + named(inspected.unread()),
          Answer.APPROVAL);
    }
    if (!inspected.drift().isEmpty()) {
      hold("drift", "unlike the version before it, " + named(inspected.drift()), Answer.APPROVAL);
    }
  }

  private void gatherOfComparison(Compared compared) {
    if (!compared.refusing().isEmpty()) {
      object(
          new Reason("source", "unlike its source: " + named(compared.refusing())),
          true,
          Answer.NAMED_BYTES,
          null);
    }
    if (!compared.holding().isEmpty()) {
      hold("source-review", "unlike its source: " + named(compared.holding()), Answer.APPROVAL);
    }
    if (!compared.uncompared().isEmpty()) {
      hold(
          "source-incomplete",
          "not all of it was compared with its source: " + named(compared.uncompared()),
          Answer.APPROVAL);
    }
    int minimum = policy.vetting().compare().minimumCoverage();
    if (compared.provedPercent() < minimum) {
      hold(
          "source-coverage",
          "%d %% of its files are shown to be its source's, and the policy asks for %d %%"
              .formatted(compared.provedPercent(), minimum),
          Answer.APPROVAL);
    }
  }

  private void gatherOfProvenance(Provenance provenance) {
    if (provenance.breaks() != null) {
      for (Provenance.Break each : provenance.breaks()) {
        if (each.holds()) {
          hold(each.code(), each.text(), Answer.APPROVAL);
        }
      }
    }
    ProvenancePolicy asked = policy.vetting().provenance();
    switch (provenance.verification()) {
      case null -> {
        if (asked.requiresAttestation(artifact.project())) {
          hold(
              "provenance-missing",
              provenance.unavailable() == null
                  ? "it has no attestation, and the policy asks for one"
                  : "the policy asks for an attestation, and it could not be had: "
                      + provenance.unavailable(),
              Answer.APPROVAL);
        }
      }
      case Verification.Refused(Refusal refusal) -> {
        if (asked.requiresAttestation(artifact.project())) {
          hold(
              "provenance-invalid",
              "the policy asks for an attestation, and its own does not hold: %s (%s)"
                  .formatted(refusal.message(), refusal.reason().text()),
              Answer.APPROVAL);
        }
      }
      case Verification.Verified verified -> {
        for (Finding finding : asked.findings(artifact.project(), verified)) {
          object(
              new Reason(finding.rule().name(), finding.message()), true, Answer.NAMED_BYTES, null);
        }
      }
    }
  }

  private void gatherOfVulnerabilities() {
    AdvisorySeverity from = policy.vetting().vulnerabilities();
    if (from == null) {
      return;
    }
    List<String> ids =
        evidence.vulnerabilities().stream()
            .filter(
                advisory -> advisory.severity() != null && advisory.severity().compareTo(from) <= 0)
            .map(Advisory::id)
            .toList();
    if (!ids.isEmpty()) {
      hold("vulnerable", "it is vulnerable to " + named(ids), Answer.APPROVAL);
    }
  }

  private void gatherOfAge() {
    Instant published = evidence.published();
    Instant notAfter = policy.vetting().notAfter();
    if (notAfter != null && published != null && published.isAfter(notAfter)) {
      hold(
          "not-after",
          "it was published at %s, and the policy serves nothing newer than %s"
              .formatted(MINUTE.format(published), MINUTE.format(notAfter)),
          Answer.NOTHING);
    }
    Duration minimum = policy.vetting().minimumAge();
    if (published == null || minimum.isZero() || policy.vetting().isExempt(artifact.project())) {
      return;
    }
    Instant ripe = published.plus(minimum);
    if (ripe.isAfter(now)) {
      String fix =
          evidence.fixes().isEmpty()
              ? ""
              : "; it mends "
                  + named(evidence.fixes())
                  + ", and "
                  + policy.vetting().ageApprovers()
                  + " approvers together can serve it earlier";
      object(
          new Reason(
              "too-young",
              "published %s; held until %s%s"
                  .formatted(ago(published), MINUTE.format(roundedUp(ripe)), fix)),
          false,
          Answer.APPROVALS,
          ripe);
    }
  }

  private String ago(Instant published) {
    Duration age = Duration.between(published, now);
    if (age.isNegative()) {
      return "in the future by its upstream's clock";
    }
    if (age.toDays() > 0) {
      return age.toDays() + (age.toDays() == 1 ? " day ago" : " days ago");
    }
    return age.toHours() > 0 ? age.toHours() + " h ago" : age.toMinutes() + " min ago";
  }

  /** A minute that is told must not be before the hold's end. */
  private static Instant roundedUp(Instant time) {
    Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
    return minute.equals(time) ? time : minute.plus(Duration.ofMinutes(1));
  }

  private static String named(List<String> all) {
    String some = String.join("; ", all.subList(0, Math.min(MOST_NAMED, all.size())));
    return all.size() > MOST_NAMED ? some + "; and " + (all.size() - MOST_NAMED) + " more" : some;
  }

  private void refuse(String code, String text) {
    object(new Reason(code, text), true, Answer.NOTHING, null);
  }

  private void hold(String code, String text, Answer answer) {
    object(new Reason(code, text), false, answer, null);
  }

  private void object(Reason reason, boolean refuses, Answer answer, @Nullable Instant until) {
    objections.add(new Objection(reason, refuses, answer, until));
  }
}
