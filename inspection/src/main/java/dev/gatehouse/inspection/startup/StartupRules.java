package dev.gatehouse.inspection.startup;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/** What runs at the start of Python, or on installing, without anybody importing it. */
public final class StartupRules {
  private static final String LOOK =
      "Read the line; remove the file where you do not know why it is there.";
  private static final String DO_NOT_INSTALL =
      "Do not install it; where it is installed, remove it and change every secret that the machine could read.";

  /** LiteLLM 1.82.8, elementary-data 0.23.3 and Hades would have been refused for it. */
  public static final Rule PTH_EXEC =
      new Rule(
          "startup-pth-exec",
          Severity.CRITICAL,
          true,
          "A .pth line that decodes, starts programs or connects",
          DO_NOT_INSTALL);

  public static final Rule PTH_IMPORT =
      new Rule(
          "startup-pth-import",
          Severity.HIGH,
          false,
          "An executable .pth line of no known shape",
          LOOK);

  public static final Rule PTH_KNOWN =
      new Rule(
          "startup-pth-known",
          Severity.INFO,
          false,
          "An executable .pth line of a known shape",
          "Nothing needs to be done.");

  public static final Rule PTH_EVASION =
      new Rule(
          "startup-pth-evasion",
          Severity.CRITICAL,
          true,
          "A .pth line that only some versions of Python run",
          DO_NOT_INSTALL);

  public static final Rule PTH_PATH =
      new Rule(
          "startup-pth-path",
          Severity.HIGH,
          false,
          "A .pth line that puts an outside place on the path",
          "Look at what lies there, and who may write to it.");

  public static final Rule PTH_UNOWNED =
      new Rule(
          "startup-pth-unowned",
          Severity.HIGH,
          false,
          "A .pth file that no distribution owns",
          "Find out who wrote it; uninstalling a package will not remove it.");

  public static final Rule START_ENTRY =
      new Rule(
          "startup-start-entry",
          Severity.HIGH,
          false,
          "A .start file that calls a function at start-up",
          "Look at the function; Python 3.15 and later call it at every start.");

  public static final Rule CUSTOMIZE =
      new Rule(
          "startup-customize",
          Severity.CRITICAL,
          true,
          "A sitecustomize or usercustomize module",
          "Do not install it: no published package needs to bring one.");

  public static final Rule DATA_SMUGGLED =
      new Rule(
          "startup-data-smuggled",
          Severity.CRITICAL,
          true,
          "A file smuggled past the package's own folders",
          DO_NOT_INSTALL);

  public static final Rule MODULE_SHADOW =
      new Rule(
          "startup-module-shadow",
          Severity.MEDIUM,
          false,
          "A module named like one of the standard library or of another project",
          "Make sure that the project is the one that you meant.");

  public static final Rule NATIVE_SHADOW =
      new Rule(
          "startup-native-shadow",
          Severity.LOW,
          false,
          "Native code that hides the Python source beside it",
          "Judge the native file: the source beside it is never run.");

  public static final Rule SOURCELESS_BYTECODE =
      new Rule(
          "startup-sourceless-bytecode",
          Severity.HIGH,
          false,
          "Bytecode that runs without its source being looked at",
          "Ask for the source, or leave it.");

  public static final Rule SCRIPT_SHADOW =
      new Rule(
          "startup-script-shadow",
          Severity.HIGH,
          false,
          "A script named like a common command",
          "Do not install it where that command is used.");

  public static final Rule ENTRY_POINT =
      new Rule(
          "startup-entry-point",
          Severity.INFO,
          false,
          "An entry point that a tool loads by itself",
          "Nothing, unless you did not expect a plug-in.");

  public static final Rule EDITABLE =
      new Rule(
          "startup-editable",
          Severity.INFO,
          false,
          "An editable installation",
          "Whoever may write to that folder decides what runs here.");

  public static final Rule SETUP_CODE =
      new Rule(
          "install-setup-code",
          Severity.INFO,
          false,
          "A setup.py that runs when the sdist is built or installed",
          "Prefer a wheel: pip install --only-binary :all:");

  public static final Rule BACKEND_PATH =
      new Rule(
          "install-backend-path",
          Severity.LOW,
          false,
          "A build backend that lies in the sdist or comes from an address",
          "Read it as you would read setup.py.");

  public static final Rule TOOL_FILE =
      new Rule(
          "startup-tool-file",
          Severity.MEDIUM,
          false,
          "A file that a tool obeys when the folder is opened",
          "Look at what it starts before you open the folder.");

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(
          PTH_EXEC,
          PTH_IMPORT,
          PTH_KNOWN,
          PTH_EVASION,
          PTH_PATH,
          PTH_UNOWNED,
          START_ENTRY,
          CUSTOMIZE,
          DATA_SMUGGLED,
          MODULE_SHADOW,
          NATIVE_SHADOW,
          SOURCELESS_BYTECODE,
          SCRIPT_SHADOW,
          ENTRY_POINT,
          EDITABLE,
          SETUP_CODE,
          BACKEND_PATH,
          TOOL_FILE);

  private StartupRules() {}
}
