package dev.gatehouse.pins.check;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/** What can be found in requirement and lock files. */
public final class PinRules {
  static final Rule NOT_EXACT =
      new Rule(
          "pins-not-exact",
          Severity.HIGH,
          false,
          "the version is whatever is newest on the day",
          "Pin it: gatehouse pin writes exact versions and their hashes.");
  static final Rule NO_HASH =
      new Rule(
          "pins-no-hash",
          Severity.HIGH,
          false,
          "any file of that name would be installed",
          "State the hashes of its files: gatehouse pin writes them.");
  static final Rule WEAK_HASH =
      new Rule(
          "pins-weak-hash",
          Severity.HIGH,
          false,
          "a hash that two files can have",
          "State SHA-256 in its place: gatehouse pin writes it.");
  static final Rule MUTABLE_SOURCE =
      new Rule(
          "pins-mutable-source",
          Severity.HIGH,
          false,
          "what is installed can change while the file stays the same",
          "Name a commit, an https address with a hash, or a version on the index.");
  static final Rule EXTRA_INDEX =
      new Rule(
          "pins-extra-index",
          Severity.HIGH,
          false,
          "projects can come from two indexes",
          "Use one index; let it ask the others, each for its own projects.");
  static final Rule CHECK_DISABLED =
      new Rule(
          "pins-check-disabled",
          Severity.HIGH,
          false,
          "a check of the installer is turned off",
          "Remove the option, and give the installer the certificates or hashes that it needs.");
  static final Rule NAMED_TWICE =
      new Rule(
          "pins-named-twice",
          Severity.MEDIUM,
          false,
          "one project in two spellings or versions",
          "Keep one line for each project, spelled as the index spells it.");
  static final Rule BYPASSES_INDEX =
      new Rule(
          "pins-bypasses-index",
          Severity.HIGH,
          false,
          "a frozen install would go round the index",
          "Lock again with the index as the only one, so that the addresses in the lock are its own.");
  static final Rule UNKNOWN_HASH =
      new Rule(
          "pins-unknown-hash",
          Severity.HIGH,
          false,
          "no file of that version has this hash",
          "Find out which file it was of before you take it out: it may have been replaced.");
  static final Rule PARTIAL_HASHES =
      new Rule(
          "pins-partial-hashes",
          Severity.MEDIUM,
          false,
          "the hashes cover only some platforms",
          "State the hashes of all files of the version: gatehouse pin writes them.");
  static final Rule YANKED =
      new Rule(
          "pins-yanked",
          Severity.MEDIUM,
          false,
          "its maintainers took the version back",
          "Move to another version; the reason may say to which.");
  static final Rule HELD =
      new Rule(
          "pins-held",
          Severity.HIGH,
          false,
          "the policy of this Gatehouse does not let it through",
          "Ask who approves versions, or pin another: gatehouse why tells all reasons.");
  static final Rule QUARANTINED =
      new Rule(
          "pins-quarantined",
          Severity.CRITICAL,
          true,
          "the index takes the project for harmful",
          "Do not install it, and look whether it already was: gatehouse audit.");
  static final Rule MISSING =
      new Rule(
          "pins-missing",
          Severity.HIGH,
          false,
          "the index does not have it",
          "Find out whether it was removed, and why; a name that nobody has can be taken by anybody.");
  static final Rule TOO_YOUNG =
      new Rule(
          "pins-too-young",
          Severity.HIGH,
          false,
          "nobody had the time to look at it yet",
          "Pin the version before it until it is older; most malicious releases are found within days.");
  static final Rule KNOWN_MALWARE =
      new Rule(
          "pins-known-malware",
          Severity.CRITICAL,
          true,
          "a version that is known to be malware",
          "Do not install it; where it was installed, rotate every secret of the machine.");
  static final Rule KNOWN_VULNERABLE =
      new Rule(
          "pins-known-vulnerable",
          Severity.HIGH,
          false,
          "a version with a known vulnerability",
          "Update to the version that the message names.");
  static final Rule AS_OF_MALWARE =
      new Rule(
          "pins-as-of-malware",
          Severity.CRITICAL,
          true,
          "a fresh install at that moment would have taken malware",
          "Pin exact versions with hashes: then that moment does not come.");
  static final Rule AS_OF =
      new Rule(
          "pins-as-of",
          Severity.INFO,
          false,
          "what a fresh install at that moment would have taken",
          "Nothing: it is told so that you see the whole picture.");

  private PinRules() {}

  /** All of them. */
  public static List<Rule> all() {
    return List.of(
        NOT_EXACT,
        NO_HASH,
        WEAK_HASH,
        MUTABLE_SOURCE,
        EXTRA_INDEX,
        CHECK_DISABLED,
        NAMED_TWICE,
        BYPASSES_INDEX,
        UNKNOWN_HASH,
        PARTIAL_HASHES,
        YANKED,
        HELD,
        QUARANTINED,
        MISSING,
        TOO_YOUNG,
        KNOWN_MALWARE,
        KNOWN_VULNERABLE,
        AS_OF_MALWARE,
        AS_OF);
  }
}
