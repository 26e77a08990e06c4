package dev.gatehouse.vetting.policy;

import dev.gatehouse.advisories.AdvisorySeverity;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.provenance.policy.ProvenancePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Mode#VETTED} asks of an artifact, from {@code [policy]}.
 *
 * @param minimumAge how long a file must have been public; zero: the age does not matter
 * @param exempt projects whose files may be younger
 * @param notAfter no file published after this is served, whatever else speaks for it; null: no
 *     such date
 * @param ageApprovers how many people must agree, each under a name of their own, that a file is
 *     served before it has the age; at least 1
 * @param inspect whether bytes are inspected before they leave
 * @param vulnerabilities from which severity on a known vulnerability holds a version; null: none
 *     does
 * @param staleAdvisories how old the advisories may be before files that nobody was served yet are
 *     held
 * @param compare what has to be compared with its source
 * @param provenance what is asked of attestations
 */
public record VettingRules(
    Duration minimumAge,
    List<ProjectPattern> exempt,
    @Nullable Instant notAfter,
    int ageApprovers,
    boolean inspect,
    @Nullable AdvisorySeverity vulnerabilities,
    Duration staleAdvisories,
    CompareRules compare,
    ProvenancePolicy provenance) {
  /**
   * Seven days: two thirds of the reports of malware on PyPI are handled within four hours, and
   * nine of ten within a day (PyPI's report of 2025).
   */
  public static final VettingRules DEFAULT =
      new VettingRules(
          Duration.ofDays(7),
          List.of(),
          null,
          2,
          true,
          AdvisorySeverity.CRITICAL,
          Duration.ofDays(3));

  /** Takes copies. */
  public VettingRules {
    exempt = List.copyOf(exempt);
    if (minimumAge.isNegative() || staleAdvisories.isNegative() || ageApprovers < 1) {
      throw new IllegalArgumentException("ages are not negative, and somebody has to approve");
    }
  }

  /** With nothing that is asked of attestations. */
  public VettingRules(
      Duration minimumAge,
      List<ProjectPattern> exempt,
      @Nullable Instant notAfter,
      int ageApprovers,
      boolean inspect,
      @Nullable AdvisorySeverity vulnerabilities,
      Duration staleAdvisories,
      CompareRules compare) {
    this(
        minimumAge,
        exempt,
        notAfter,
        ageApprovers,
        inspect,
        vulnerabilities,
        staleAdvisories,
        compare,
        ProvenancePolicy.NONE);
  }

  /** With nothing that has to be compared. */
  public VettingRules(
      Duration minimumAge,
      List<ProjectPattern> exempt,
      @Nullable Instant notAfter,
      int ageApprovers,
      boolean inspect,
      @Nullable AdvisorySeverity vulnerabilities,
      Duration staleAdvisories) {
    this(
        minimumAge,
        exempt,
        notAfter,
        ageApprovers,
        inspect,
        vulnerabilities,
        staleAdvisories,
        CompareRules.NONE);
  }

  /**
   * Whether this is enough to judge a file by: its inspection, where there is one to be, and its
   * comparison with the source.
   */
  public boolean isEnough(ProjectName project, @Nullable Inspected inspected) {
    return (!inspect || inspected != null)
        && (!compare.covers(project) || (inspected != null && inspected.compared() != null));
  }

  boolean isExempt(ProjectName project) {
    return exempt.stream().anyMatch(pattern -> pattern.matches(project));
  }
}
