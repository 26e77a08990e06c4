package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/** What runs in an environment without being part of any package in it. */
public final class EnvironmentRules {
  /** {@code pyvenv.cfg}, {@code python._pth} and activation scripts (PEP 405, site's own docs). */
  public static final Rule INTERPRETER_CONFIG =
      new Rule(
          "startup-interpreter-config",
          Severity.MEDIUM,
          false,
          "Configuration that decides which code Python starts with",
          "Find out who wrote it; where nobody knows, make the environment anew.");

  /** {@code PYTHONSTARTUP} and the like, set for every shell of a user. */
  public static final Rule ENVIRONMENT_VARIABLE =
      new Rule(
          "startup-environment-variable",
          Severity.MEDIUM,
          false,
          "A variable that makes Python run code or take it from elsewhere",
          "Look at what it points to; remove the line where you do not know why it is there.");

  /** {@code etc/conda/activate.d}. */
  public static final Rule CONDA_ACTIVATE =
      new Rule(
          "startup-conda-activate",
          Severity.INFO,
          false,
          "A script that conda runs whenever the environment is activated",
          "Read it where you do not know which package brought it.");

  /** {@code pip.conf}, {@code uv.toml} and their variables. */
  public static final Rule PIP_CONFIG =
      new Rule(
          "startup-pip-config",
          Severity.INFO,
          false,
          "A configuration that changes where packages come from",
          "Make sure that it is the index that you meant, asked over https, and the only one.");

  /** All of them. */
  public static final List<Rule> ALL =
      List.of(INTERPRETER_CONFIG, ENVIRONMENT_VARIABLE, CONDA_ACTIVATE, PIP_CONFIG);

  private EnvironmentRules() {}
}
