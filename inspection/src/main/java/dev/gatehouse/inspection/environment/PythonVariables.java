package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges where scripts and profile files set variables that decide which code Python starts with
 * (python(1), "Environment variables"), or where packages come from (pip, uv).
 */
final class PythonVariables {
  private static final Map<String, String> RUN =
      Map.of(
          "PYTHONSTARTUP", "is run by every interactive Python",
          "PYTHONPATH", "comes before the standard library in every Python",
          "PYTHONHOME", "takes the place of the standard library of every Python",
          "PYTHONUSERBASE", "holds the user's site-packages, whose .pth files every Python obeys",
          "PYTHONBREAKPOINT", "is called by every breakpoint()",
          "PYTHONPLATLIBDIR", "decides where every Python looks for its libraries",
          "PYTHONPYCACHEPREFIX", "holds the bytecode that every Python runs",
          "PYTHONEXECUTABLE", "decides which environment every Python takes for its own",
          "PYTHONWARNINGS", "may import a module at every start of Python");

  /** Where {@code os.environ} has them, everything is theirs. */
  private static final List<String> PRELOAD =
      List.of("LD_PRELOAD", "LD_AUDIT", "DYLD_INSERT_LIBRARIES");

  private static final List<String> INDEX =
      List.of(
          "PIP_INDEX_URL",
          "PIP_EXTRA_INDEX_URL",
          "PIP_TRUSTED_HOST",
          "PIP_FIND_LINKS",
          "PIP_CONFIG_FILE",
          "UV_INDEX_URL",
          "UV_EXTRA_INDEX_URL",
          "UV_INDEX",
          "UV_DEFAULT_INDEX",
          "UV_FIND_LINKS",
          "UV_INSECURE_HOST",
          "UV_CONFIG_FILE");

  private PythonVariables() {}

  /** The findings on a file of a shell. */
  static List<Finding> judge(String path, ShellScript script) {
    List<Finding> findings = new ArrayList<>();
    for (ShellScript.Setting setting : script.settings(List.copyOf(RUN.keySet()))) {
      if (!setting.name().equals("PYTHONWARNINGS") || importsModule(setting.value())) {
        findings.add(runs(path, setting));
      }
    }
    for (ShellScript.Setting setting : script.settings(PRELOAD)) {
      findings.add(
          EnvironmentRules.ENVIRONMENT_VARIABLE.at(
              path,
              setting.line().number(),
              "Sets %s, so that this library is loaded into every program"
                  .formatted(setting.name()),
              setting.line().text()));
    }
    for (ShellScript.Setting setting : script.settings(INDEX)) {
      findings.add(
          PackageIndexes.judge(
              path,
              setting.line().number(),
              setting.name(),
              setting.value(),
              setting.line().text()));
    }
    if (script.isCut()) {
      findings.add(
          EnvironmentRules.ENVIRONMENT_VARIABLE
              .in(path, "Has more lines or names than any profile, so that not all were looked at")
              .as(Severity.HIGH, false));
    }
    return findings;
  }

  /** Where nobody can tell the value, the name alone is told. */
  static List<Finding> named(String path, String text) {
    return RUN.keySet().stream()
        .filter(text::contains)
        .sorted()
        .map(
            name ->
                EnvironmentRules.ENVIRONMENT_VARIABLE.at(
                    path,
                    0,
                    "Names %s, which it may set: what it names %s"
                        .formatted(name, RUN.getOrDefault(name, "is used")),
                    name))
        .toList();
  }

  /** Those of the session that the audit was started in. */
  static List<Finding> session(Map<String, String> variables) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(variables)
        .forEach(
            (name, value) ->
                lines.append(name).append('=').append(value.replaceAll("\\R", " ")).append('\n'));
    byte[] text = lines.toString().getBytes(UTF_8);
    return judge("", ShellScript.parse(text)).stream()
        .map(
            finding ->
                new Finding(
                    finding.rule(),
                    finding.severity(),
                    finding.blocking(),
                    null,
                    0,
                    finding.message() + " (in this session)",
                    finding.evidence()))
        .toList();
  }

  /** A category with a dot in it is imported: {@code error::module.Class}. */
  private static boolean importsModule(String value) {
    String[] parts = value.split(":", -1);
    return parts.length > 2 && parts[2].indexOf('.') >= 0;
  }

  private static Finding runs(String path, ShellScript.Setting setting) {
    String name = setting.name();
    Finding finding =
        EnvironmentRules.ENVIRONMENT_VARIABLE.at(
            path,
            setting.line().number(),
            "Sets %s: what it names %s".formatted(name, RUN.getOrDefault(name, "is used")),
            setting.line().text());
    if (OpenPlaces.isOpenToAll(setting.value())) {
      return finding.as(Severity.HIGH, false);
    }
    String value = setting.value().toLowerCase(Locale.ROOT);
    boolean switchedOff =
        name.equals("PYTHONBREAKPOINT") && (value.equals("0") || value.contains("pdb"));
    boolean mild =
        switchedOff || name.equals("PYTHONPYCACHEPREFIX") || name.equals("PYTHONUSERBASE");
    return mild ? finding.as(switchedOff ? Severity.INFO : Severity.LOW, false) : finding;
  }
}
