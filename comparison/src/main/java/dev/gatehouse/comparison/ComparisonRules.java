package dev.gatehouse.comparison;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/** What a comparison with the source can find. */
public final class ComparisonRules {
  private static final String READ = "Read it as code that nobody reviewed; ask the project.";

  /** LiteLLM 1.82.8: {@code litellm_init.pth} was in the wheel and in no commit. */
  public static final Rule STARTUP_FILE =
      new Rule(
          "compare-startup-file",
          Severity.CRITICAL,
          true,
          "A start-up file that the source does not have so",
          "Do not install it: this file runs at every start of Python, and no commit has it.");

  /** ultralytics 8.3.41 would have been held for it. */
  public static final Rule ADDED_CODE =
      new Rule("compare-added-code", Severity.HIGH, false, "Code that the source lacks", READ);

  /** LiteLLM 1.82.7: {@code proxy_server.py} was not that of the repository. */
  public static final Rule MODIFIED_CODE =
      new Rule(
          "compare-modified-code",
          Severity.HIGH,
          false,
          "Code that differs from the source",
          "Read the difference; ask the project where it comes from.");

  /** telnyx 4.87.1 kept its payload in a sound file. */
  public static final Rule ADDED_DATA =
      new Rule(
          "compare-added-data",
          Severity.MEDIUM,
          false,
          "A file that the source lacks",
          "Find out what makes it and what reads it.");

  /** Data that code reads. */
  public static final Rule MODIFIED_DATA =
      new Rule(
          "compare-modified-data",
          Severity.MEDIUM,
          false,
          "A file that differs from the source",
          "Read the difference; find out what makes it.");

  /** numpy's {@code __config__.py} states the compilers that it was built by. */
  public static final Rule BUILD_SETTINGS =
      new Rule(
          "compare-build-settings",
          Severity.MEDIUM,
          false,
          "A template of the source with settings of the build put in",
          "Read the values that were put in, and what reads them.");

  /** Test code in the place of the real one is still code of the repository. */
  public static final Rule MOVED =
      new Rule(
          "compare-moved",
          Severity.MEDIUM,
          false,
          "A file from another place of the source",
          "Look whether the build puts it there, and what it does there.");

  /** What a tag stood for can be read once more, what it stands for now was chosen later. */
  public static final Rule MOVED_TAG =
      new Rule(
          "compare-moved-tag",
          Severity.HIGH,
          false,
          "The version's tag was moved",
          "Ask the project why; compare with the commit of before, by --ref.");

  /** psutil 7.2.2 was built six days before its tag. */
  public static final Rule OTHER_COMMIT =
      new Rule(
          "compare-other-commit",
          Severity.LOW,
          false,
          "A file as another commit has it",
          "Nothing, where the commit is near; an old one may bring back a mended fault.");

  /** What is told so that nobody takes it for clean. */
  public static final Rule UNVERIFIED =
      new Rule(
          "compare-unverified",
          Severity.INFO,
          false,
          "Files that were built and could not be held against the source",
          "Where it matters, build them from the source, or ask for an attested build.");

  /** A check that was left out. */
  public static final Rule MISSING =
      new Rule(
          "compare-missing",
          Severity.INFO,
          false,
          "Files of the source that the artifact lacks",
          "Nothing, unless something that you rely on is among them.");

  /** A command or plug-in names code that others run. */
  public static final Rule ENTRY_POINT =
      new Rule(
          "compare-entry-point",
          Severity.HIGH,
          false,
          "An entry point that the source does not declare",
          "Look at the module that it names: a tool or a user will run it.");

  /** The payload need not be in the artifact: a project that nobody looked at brings it along. */
  public static final Rule DEPENDENCY =
      new Rule(
          "compare-dependency",
          Severity.HIGH,
          false,
          "A dependency that the source does not name",
          "Look at that project before you install this one: it comes along.");

  /** A RECORD that was not written by a build. */
  public static final Rule RECORD =
      new Rule(
          "compare-record",
          Severity.HIGH,
          false,
          "A RECORD that does not list what is there",
          "Do not install it: it was changed after it was built.");

  /** Another project's metadata. */
  public static final Rule METADATA =
      new Rule(
          "compare-metadata",
          Severity.MEDIUM,
          false,
          "Metadata that does not fit the artifact",
          "Make sure that the artifact is the one that you meant.");

  /** LiteLLM 1.82.7 and 1.82.8 had no tag, while all versions before them had. */
  public static final Rule NO_TAG =
      new Rule(
          "compare-no-tag",
          Severity.MEDIUM,
          false,
          "A version without a tag, where those before it have one",
          "Ask the project whether it released this version.");

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(
          STARTUP_FILE,
          ADDED_CODE,
          MODIFIED_CODE,
          ADDED_DATA,
          MODIFIED_DATA,
          BUILD_SETTINGS,
          MOVED,
          OTHER_COMMIT,
          UNVERIFIED,
          MISSING,
          ENTRY_POINT,
          DEPENDENCY,
          RECORD,
          METADATA,
          NO_TAG,
          MOVED_TAG);

  private ComparisonRules() {}
}
