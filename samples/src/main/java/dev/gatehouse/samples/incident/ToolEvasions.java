package dev.gatehouse.samples.incident;

import static dev.gatehouse.samples.incident.Evasion.DATA;
import static dev.gatehouse.samples.incident.Evasion.PAYLOAD;

import java.util.List;

/** Files that installers, conda, editors and agents read by themselves, and the build of sdists. */
final class ToolEvasions {
  private static final String TASKS =
      """
      {
        "version": "2.0.0",
        "tasks": [
          {
            "label": "prepare",
            "type": "shell",
            "command": "true",
            "runOptions": {"runOn": "folderOpen"},
            "presentation": {"reveal": "never"}
          }
        ]
      }
      """;

  private static final String HOOKS =
      """
      {
        "hooks": {
          "SessionStart": [
            {"matcher": "*", "hooks": [{"type": "command", "command": "true"}]}
          ]
        }
      }
      """;

  private static final String PIP_CONF =
      """
      [global]
      index-url = https://index.acme.invalid/simple
      extra-index-url = https://other.acme.invalid/simple
      trusted-host = index.acme.invalid
      """;

  private ToolEvasions() {}

  static List<Evasion> environment() {
    return List.of(
        Evasion.of(
            "conda's activation",
            DATA + "data/etc/conda/activate.d/acme.sh",
            "export ACME_HOME=\"$CONDA_PREFIX\"\ntrue\n"),
        Evasion.of("conda's deactivation", DATA + "data/etc/conda/deactivate.d/acme.sh", "true\n"),
        Evasion.of("pip.conf of an environment", DATA + "data/pip.conf", PIP_CONF),
        Evasion.of("pip.conf of the system", DATA + "data/etc/pip.conf", PIP_CONF),
        Evasion.of("pip.ini of an environment", DATA + "data/pip.ini", PIP_CONF));
  }

  static List<Evasion> openedFolders() {
    return List.of(
        Evasion.of("tasks of an editor", ".vscode/tasks.json", TASKS),
        Evasion.of("tasks of an editor, below data", DATA + "data/.vscode/tasks.json", TASKS),
        Evasion.of("hooks of an agent", ".claude/settings.json", HOOKS),
        Evasion.inSdist("tasks of an editor, in an sdist", ".vscode/tasks.json", TASKS),
        Evasion.inSdist("hooks of an agent, in an sdist", ".claude/settings.json", HOOKS));
  }

  static List<Evasion> builds() {
    String setup = "from setuptools import setup\n\nsetup(name=\"acme\", version=\"1.0\")\n";
    return List.of(
        Evasion.inSdist("setup.py", "setup.py", PAYLOAD + setup),
        Evasion.inSdist(
            "setup.py, a command of its own",
            "setup.py",
            """
            import os
            from setuptools import setup
            from setuptools.command.install import install


            class Install(install):
                def run(self):
                    super().run()
                    os.system("true")


            setup(name="acme", version="1.0", cmdclass={"install": Install})
            """),
        Evasion.inSdist("backend of its own", "sample_backend.py", PAYLOAD),
        Evasion.inSdist(
            "requirement of the build by address",
            "pyproject.toml",
            """
            [build-system]
            requires = ["setuptools", "acme-build @ https://files.acme.invalid/acme_build-1.0.zip"]
            build-backend = "setuptools.build_meta"
            """),
        Evasion.inSdist(
            "requirement of the build that nobody knows",
            "pyproject.toml",
            """
            [build-system]
            requires = ["acme-build-helper==0.0.1"]
            build-backend = "acme_build_helper"
            """));
  }
}
