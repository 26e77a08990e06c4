package dev.gatehouse.findings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports for the tests of the writers. */
final class SampleReports {
  static final Rule PTH_EXEC =
      new Rule(
          "startup-pth-exec",
          Severity.CRITICAL,
          true,
          "a .pth line that starts programs or runs hidden code",
          "Do not install it; where it is installed, take the machine for compromised, delete the file and the"
              + " caches that hold it, and change every secret that the machine could read.");
  static final Rule TAG =
      new Rule(
          "metadata-tag",
          Severity.MEDIUM,
          false,
          "a tag that contradicts the file name",
          "Ask the project which of the two is meant.");
  static final Rule KNOWN =
      new Rule(
          "startup-pth-known",
          Severity.INFO,
          false,
          "an executable .pth line of a known shape",
          "Nothing.");
  static final Rule TOOL_FILE =
      new Rule(
          "startup-tool-file",
          Severity.LOW,
          false,
          "a file that a tool runs by itself",
          "Read it before you open the folder.");

  private SampleReports() {}

  static Map<String, Report> all() {
    Map<String, Report> all = new LinkedHashMap<>();
    all.put("nothing", new Report("0.1.0", List.of()));
    all.put("clean", new Report("0.1.0", List.of(cleanWheel())));
    all.put("mixed", mixed());
    all.put("hostile", hostile());
    return all;
  }

  private static TargetReport cleanWheel() {
    return new TargetReport(
        "dist/six-1.17.0-py2.py3-none-any.whl",
        Kind.WHEEL,
        "4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274",
        List.of(),
        List.of(),
        details("six", "1.17.0", List.of()));
  }

  static Report mixed() {
    return new Report("0.1.0", List.of(cleanWheel(), environment(), litellm(), image()));
  }

  private static TargetReport litellm() {
    String code =
        "import os, subprocess, sys; subprocess.Popen([sys.executable, \"-c\","
            + " \"import base64; exec(base64.b64decode('aW1wb3J0IHN1YnByb2Nlc3MsIGJhc2U2NCwg"
            + "YXNkZmFzZGZhc2RmYXNkZmFzZGZhc2RmYXNkZmFzZGZhc2Rm'))\"])";
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("path", "litellm_init.pth");
    line.put("line", 1);
    line.put("code", code);
    line.put("known", false);
    line.put("shape", "");
    line.put("versions", "3.6 and later");
    return new TargetReport(
        "dist/litellm-1.82.8-py3-none-any.whl",
        Kind.WHEEL,
        "d2a0d5f564628773b6af7b9c11f6b86531a875bd2d186d7081ab62748a800ebb",
        List.of(
            TAG.in("litellm-1.82.8.dist-info/WHEEL", "The file name says py3, WHEEL says py2."),
            PTH_EXEC.at(
                "litellm_init.pth",
                1,
                "Starts a second Python with code that it decodes, at every start of Python.",
                code)),
        List.of(),
        details("litellm", "1.82.8", List.of(line)));
  }

  private static TargetReport environment() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("path", "lib/python3.13/site-packages/distutils-precedence.pth");
    line.put("line", 1);
    line.put("code", "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = ...");
    line.put("known", true);
    line.put("shape", "setuptools");
    line.put("versions", "");
    return new TargetReport(
        ".venv",
        Kind.ENVIRONMENT,
        null,
        List.of(
            KNOWN.at(
                "lib/python3.13/site-packages/distutils-precedence.pth",
                1,
                "Runs setuptools' own line at every start of Python.",
                "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = ..."),
            TOOL_FILE
                .at("lib/x/.vscode/tasks.json", 3, "Runs when the folder is opened.", "\"runOn\"")
                .as(Severity.LOW, false)),
        List.of(),
        Map.of("executable-pth", List.of(line)));
  }

  private static TargetReport image() {
    return new TargetReport(
        "image.tar",
        Kind.IMAGE,
        null,
        List.of(),
        List.of(
            new Problem(
                "layers/3.tar",
                "Could not read the layer to its end: it holds more than 200000 entries. Audit the layer by"
                    + " itself."),
            new Problem(null, "Could not read the index of the image.")),
        Map.of());
  }

  /** Every field as a stranger would like it. */
  static Report hostile() {
    String nasty =
        "a\r\n::error file=x::y%0A\u001b[2J\u001b]0;t\u0007\u202eevil\u2066 \"quote\" 'q' <b>\u0085\u2028"
            + " \ud800 caf\u00e9 \ud83d\udc0d,z:1";
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("path", nasty);
    line.put("line", 3);
    line.put("code", nasty);
    line.put("known", false);
    line.put("shape", nasty);
    line.put("versions", nasty);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("project", nasty);
    details.put("version", nasty);
    details.put(nasty, nasty);
    details.put("executable-pth", List.of(line));
    return new Report(
        "0.1.0",
        List.of(
            new TargetReport(
                nasty,
                Kind.WHEEL,
                null,
                List.of(PTH_EXEC.at(nasty, 3, nasty, nasty), TAG.onTarget(nasty)),
                List.of(new Problem(nasty, nasty)),
                details),
            new TargetReport(
                "C:\\a b\\" + nasty,
                Kind.DIRECTORY,
                null,
                List.of(TOOL_FILE.at(nasty, 7, nasty, nasty)),
                List.of(),
                Map.of())));
  }

  private static Map<String, Object> details(
      String project, String version, List<Map<String, Object>> lines) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("project", project);
    details.put("version", version);
    details.put("files", 12);
    details.put("unpacked-bytes", 123456789012L);
    details.put("executable-pth", lines);
    return details;
  }
}
