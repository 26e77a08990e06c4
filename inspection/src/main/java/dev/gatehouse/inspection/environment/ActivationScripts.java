package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.SourceInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plans and judges the scripts that run when an environment is activated: those of {@code venv},
 * {@code virtualenv} and {@code uv} change variables and nothing else; those that conda's packages
 * bring may do anything.
 */
final class ActivationScripts {
  private final FileJudge files;
  private final String root;
  private final SourceInspection source;

  private ActivationScripts(FileJudge files, String root, SourceInspection source) {
    this.files = files;
    this.root = root;
    this.source = source;
  }

  static void plan(FileJudge files, Environment environment, SourceInspection source) {
    new ActivationScripts(files, environment.root(), source).plan();
  }

  private void plan() {
    boolean marked = files.find(PrefixLayout.join(root, "pyvenv.cfg")).isPresent();
    if (marked) {
      for (String folder : List.of("bin", "Scripts")) {
        for (TreeEntry entry : files.list(PrefixLayout.join(root, folder))) {
          String name = entry.name().toLowerCase(Locale.ROOT);
          if (name.startsWith("activate") || name.startsWith("deactivate")) {
            files.plan(entry.path(), name.endsWith(".py") ? this::python : this::activation);
          }
        }
      }
    }
    for (String folder : List.of("etc/conda/activate.d", "etc/conda/deactivate.d")) {
      for (TreeEntry entry : files.list(PrefixLayout.join(root, folder))) {
        files.plan(entry.path(), this::conda);
      }
    }
    // Variables that "conda env config vars set" stored.
    files.plan(
        PrefixLayout.join(root, "conda-meta/state"),
        (path, content) -> PythonVariables.judge(path, ShellScript.parse(content)));
  }

  private List<Finding> python(String path, byte[] content) {
    return files.take(source.python(path, content, Moment.CALL));
  }

  private List<Finding> activation(String path, byte[] content) {
    ShellScript script = ShellScript.parse(content);
    List<Finding> findings = new ArrayList<>(PythonVariables.judge(path, script));
    for (ShellScript.Line line : script.deeds()) {
      findings.add(
          EnvironmentRules.INTERPRETER_CONFIG
              .at(
                  path,
                  line.number(),
                  "Fetches or runs something whenever the environment is activated; scripts that tools write only set variables",
                  line.text())
              .as(Severity.HIGH, false));
    }
    findings.addAll(files.take(source.script(path, content, Moment.CALL)));
    return findings;
  }

  private List<Finding> conda(String path, byte[] content) {
    ShellScript script = ShellScript.parse(content);
    List<Finding> findings = new ArrayList<>(PythonVariables.judge(path, script));
    List<ShellScript.Line> deeds = script.deeds();
    if (deeds.isEmpty()) {
      findings.add(
          EnvironmentRules.CONDA_ACTIVATE.in(
              path,
              "Runs whenever the environment is activated or left: %d lines"
                  .formatted(script.lines().size())));
    }
    for (ShellScript.Line line : deeds) {
      findings.add(
          EnvironmentRules.CONDA_ACTIVATE
              .at(
                  path,
                  line.number(),
                  "Fetches or runs something whenever the environment is activated or left",
                  line.text())
              .as(Severity.MEDIUM, false));
    }
    findings.addAll(files.take(source.script(path, content, Moment.CALL)));
    return findings;
  }
}
