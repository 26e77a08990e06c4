package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/**
 * Whether files are what the distribution says of them. RECORD shows tampering after the build,
 * nothing else: that of LiteLLM 1.82.8 listed the malicious file with its right hash.
 */
public final class IntegrityRules {
  private static final String REFETCH =
      "Fetch the artifact again from its index; if the hash is the index's own, do not install it.";

  public static final Rule RECORD_MISMATCH =
      new Rule(
          "record-mismatch",
          Severity.CRITICAL,
          true,
          "A file is not the one that RECORD lists",
          REFETCH);

  public static final Rule RECORD_UNLISTED =
      new Rule(
          "record-unlisted", Severity.CRITICAL, true, "A file that RECORD does not list", REFETCH);

  public static final Rule RECORD_MISSING =
      new Rule(
          "record-missing",
          Severity.MEDIUM,
          false,
          "RECORD lists a file that is not there",
          REFETCH);

  public static final Rule RECORD_ABSENT =
      new Rule(
          "record-absent",
          Severity.CRITICAL,
          true,
          "There is no RECORD",
          "Build the wheel again with a build backend; pip refuses such a wheel, too.");

  public static final Rule RECORD_ENCODING =
      new Rule(
          "record-encoding",
          Severity.LOW,
          false,
          "RECORD is written in an unusual way",
          "Nothing; tell the project's maintainers.");

  public static final Rule METADATA_NAME =
      new Rule(
          "metadata-name", Severity.CRITICAL, true, "Metadata that names another project", REFETCH);

  public static final Rule METADATA_VERSION =
      new Rule(
          "metadata-version",
          Severity.CRITICAL,
          true,
          "Metadata that names another version",
          REFETCH);

  public static final Rule METADATA_TAG =
      new Rule(
          "metadata-tag",
          Severity.LOW,
          false,
          "The file name and WHEEL name other tags",
          "Nothing, where the platform in the file name is yours.");

  public static final Rule METADATA_SEVERAL =
      new Rule(
          "metadata-several", Severity.CRITICAL, true, "More than one .dist-info folder", REFETCH);

  public static final Rule NATIVE_IN_PURE =
      new Rule(
          "native-in-pure",
          Severity.MEDIUM,
          false,
          "A native library in a wheel for any platform",
          "Find out what it is for.");

  public static final Rule EXECUTABLE_IN_PURE =
      new Rule(
          "executable-in-pure",
          Severity.LOW,
          false,
          "A program in a wheel for any platform",
          "Find out what starts it.");

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(
          RECORD_MISMATCH,
          RECORD_UNLISTED,
          RECORD_MISSING,
          RECORD_ABSENT,
          RECORD_ENCODING,
          METADATA_NAME,
          METADATA_VERSION,
          METADATA_TAG,
          METADATA_SEVERAL,
          NATIVE_IN_PURE,
          EXECUTABLE_IN_PURE);

  private IntegrityRules() {}
}
