package dev.gatehouse.inspection.knownbad;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/** The rules of what is known to be bad. */
public final class KnownBadRules {
  /** LiteLLM 1.82.8 by its name and version, MAL-2026-2144. */
  public static final Rule KNOWN_MALWARE =
      new Rule(
          "known-malware",
          Severity.CRITICAL,
          true,
          "a version that is known to be malware",
          "Do not install it; where it was installed, take the machine for compromised and rotate"
              + " every secret that it could read.");

  /** Gatehouse is no vulnerability scanner, but says what it comes upon. */
  public static final Rule KNOWN_VULNERABLE =
      new Rule(
          "known-vulnerable",
          Severity.LOW,
          false,
          "a version with a known vulnerability",
          "Update to a version that is free of it.");

  /** The {@code .pth} of LiteLLM 1.82.8, wherever it lies and whatever it is called. */
  public static final Rule KNOWN_FILE =
      new Rule(
          "known-file",
          Severity.CRITICAL,
          true,
          "a file whose bytes are known to be malicious",
          "Do not install what holds it; where it was installed, take the machine for compromised"
              + " and rotate every secret that it could read.");

  /** The {@code sysmon.py} that LiteLLM 1.82.8 left in home folders. */
  public static final Rule KNOWN_PERSISTENCE =
      new Rule(
          "known-persistence",
          Severity.CRITICAL,
          true,
          "what an attack leaves behind",
          "Uninstalling the package does not remove it: cut the machine off, rotate every secret"
              + " that it could read, remove the file and what starts it, empty the caches of pip"
              + " and uv, and best build the machine anew.");

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(KNOWN_MALWARE, KNOWN_VULNERABLE, KNOWN_FILE, KNOWN_PERSISTENCE);

  private KnownBadRules() {}
}
