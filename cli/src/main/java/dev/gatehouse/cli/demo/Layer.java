package dev.gatehouse.cli.demo;

import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.time.Duration;
import java.util.List;

/** What keeps an artifact out, each with all others switched off. */
enum Layer {
  AGE(
      "Age alone",
      "Gatehouse with nothing but minimum-age, by default 7 days: new files wait.",
      "hold",
      "too-young",
      VettingRules.DEFAULT.minimumAge(),
      false,
      false),
  ADVISORY(
      "An advisory alone",
      "Gatehouse with nothing but advisories, once the incident is known as MAL-2026-2144.",
      "refuse",
      "malware",
      Duration.ZERO,
      false,
      true),
  INSPECTION(
      "Inspection alone",
      "Gatehouse with nothing but the inspection: it reads what is in the files, and never runs it.",
      "refuse",
      "inspection",
      Duration.ZERO,
      true,
      false);

  /** The morning of the incident: no advisory knows of it, nor does what is built in. */
  static final AdvisorySettings UNKNOWN = new AdvisorySettings(null, Duration.ofHours(1), false);

  private final String heading;
  private final String settings;
  private final String verdict;
  private final String reason;
  private final Duration minimumAge;
  private final boolean inspects;
  private final boolean known;

  Layer(
      String heading,
      String settings,
      String verdict,
      String reason,
      Duration minimumAge,
      boolean inspects,
      boolean known) {
    this.heading = heading;
    this.settings = settings;
    this.verdict = verdict;
    this.reason = reason;
    this.minimumAge = minimumAge;
    this.inspects = inspects;
    this.known = known;
  }

  String heading() {
    return heading;
  }

  /** What is on and off, in a sentence for a person. */
  String settings() {
    return settings;
  }

  /** The verdict that it gives on both bad versions. */
  String verdict() {
    return verdict;
  }

  /** The code of the reason that it gives. */
  String reason() {
    return reason;
  }

  /** How the reason begins that pip prints of 1.82.8. */
  String told() {
    return "Gatehouse " + (verdict.equals("hold") ? "holds" : "refuses") + " litellm 1.82.8: ";
  }

  /** The default policy, but for what is switched off. */
  Policy policy() {
    VettingRules standard = VettingRules.DEFAULT;
    return new Policy(
        Mode.VETTED,
        List.of(),
        List.of(),
        List.of(),
        new VettingRules(
            minimumAge,
            standard.exempt(),
            standard.notAfter(),
            standard.ageApprovers(),
            inspects,
            standard.vulnerabilities(),
            standard.staleAdvisories()));
  }

  AdvisorySettings advisories() {
    return known ? AdvisorySettings.BUILT_IN : UNKNOWN;
  }
}
