package dev.gatehouse.samples.incident;

import static dev.gatehouse.samples.incident.Evasion.DATA;
import static dev.gatehouse.samples.incident.Evasion.DIST_INFO;
import static dev.gatehouse.samples.incident.Evasion.PAYLOAD;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names that take the place of others: of modules, of commands, of plug-ins that tools load. */
final class ImportEvasions {
  private static final List<String> DROPPED_MODULES =
      List.of(
          "asynchat", "asyncore", "cgi", "crypt", "imghdr", "imp", "pipes", "smtpd", "telnetlib");

  private static final List<String> COMMANDS =
      List.of("python", "python3", "pip", "git", "ls", "sudo", "ssh");

  private static final List<String> GROUPS =
      List.of(
          "pytest11",
          "setuptools.finalize_distribution_options",
          "setuptools.file_finders",
          "distutils.commands",
          "distutils.setup_keywords",
          "flake8.extension",
          "sphinx.html_themes",
          "sphinx.builders",
          "mkdocs.plugins",
          "opentelemetry_distro",
          "opentelemetry_configurator",
          "opentelemetry_pre_instrument",
          "virtualenv.create",
          "virtualenv.discovery",
          "keyring.backends");

  private ImportEvasions() {}

  static List<Evasion> modules() {
    List<Evasion> all = new ArrayList<>();
    all.add(
        Evasion.of(
            "native module beside a source",
            "acme/client.cpython-313-x86_64-linux-gnu.so",
            CompiledStub.nativeModule()));
    all.add(
        Evasion.of(
            "native module of the stable ABI beside a source",
            "acme/config.abi3.so",
            CompiledStub.nativeModule()));
    all.add(
        Evasion.of(
            "native module on Windows beside a source",
            "acme/retry.cp313-win_amd64.pyd",
            CompiledStub.nativeModule()));
    all.add(
        Evasion.of(
            "compiled module without a source", "acme/extra.pyc", CompiledStub.sourceless()));
    all.add(
        Evasion.of(
            "compiled module whose source is not checked",
            "acme/__pycache__/client.cpython-312.pyc",
            CompiledStub.unchecked()));
    all.add(Evasion.of("module named distutils", "distutils/__init__.py", PAYLOAD));
    for (String module : DROPPED_MODULES) {
      all.add(Evasion.of("module named " + module, module + ".py", PAYLOAD));
    }
    return all;
  }

  static List<Evasion> commands() {
    List<Evasion> all = new ArrayList<>();
    for (String command : COMMANDS) {
      all.add(
          Evasion.of(
              "console script named " + command,
              DIST_INFO + "entry_points.txt",
              "[console_scripts]\n" + command + " = acme.cli:main\n"));
    }
    all.add(Evasion.of("script named git", DATA + "scripts/git", "#!/bin/sh\nexec true \"$@\"\n"));
    all.add(Evasion.of("script named python", DATA + "scripts/python", "#!python\n" + PAYLOAD));
    return all;
  }

  static List<Evasion> entryPoints() {
    List<Evasion> all = new ArrayList<>();
    for (String group : GROUPS) {
      all.add(
          Evasion.of(
              "entry point of " + group,
              DIST_INFO + "entry_points.txt",
              "[" + group + "]\nacme = acme.plugin\n",
              Map.of("acme/plugin.py", PAYLOAD)));
    }
    return all;
  }
}
