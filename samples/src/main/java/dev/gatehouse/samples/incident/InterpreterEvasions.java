package dev.gatehouse.samples.incident;

import static dev.gatehouse.samples.incident.Evasion.DATA;
import static dev.gatehouse.samples.incident.Evasion.PAYLOAD;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Modules that the interpreter imports by itself, and files by which it finds its own parts. */
final class InterpreterEvasions {
  private InterpreterEvasions() {}

  static List<Evasion> customizations() {
    List<Evasion> all = new ArrayList<>();
    for (String module : List.of("sitecustomize", "usercustomize")) {
      all.add(Evasion.of(module, module + ".py", PAYLOAD));
      all.add(Evasion.of(module + ", compiled", module + ".pyc", CompiledStub.sourceless()));
      all.add(Evasion.of(module + ", a package", module + "/__init__.py", PAYLOAD));
      all.add(
          Evasion.of(
              module + ", native",
              module + ".cpython-313-x86_64-linux-gnu.so",
              CompiledStub.nativeModule()));
      all.add(
          Evasion.of(
              module + ", in a zip on the path",
              "acme_lib.zip",
              zip(module + ".py"),
              Map.of("acme.pth", "acme_lib.zip\n")));
    }
    all.add(Evasion.of("sitecustomize in purelib", DATA + "purelib/sitecustomize.py", PAYLOAD));
    return all;
  }

  static List<Evasion> configurations() {
    return List.of(
        Evasion.of(
            "python._pth", DATA + "scripts/python._pth", "python313.zip\n.\nacme\nimport site\n"),
        Evasion.of(
            "python._pth of a version",
            DATA + "data/python313._pth",
            "python313.zip\n.\nacme\nimport site\n"),
        Evasion.of(
            "pyvenv.cfg, home",
            DATA + "data/pyvenv.cfg",
            "home = /tmp/acme/bin\ninclude-system-site-packages = false\nversion = 3.13.0\n"),
        Evasion.of(
            "pyvenv.cfg, include-system-site-packages",
            DATA + "data/pyvenv.cfg",
            "home = /usr/bin\ninclude-system-site-packages = true\nversion = 3.13.0\n"));
  }

  static List<Evasion> variables() {
    return List.of(
        variable("PYTHONSTARTUP", "etc/profile.d/acme.sh", "export VAR=/tmp/acme/start.py\n"),
        variable("PYTHONPATH", "etc/environment", "VAR=/tmp/acme\n"),
        variable("PYTHONHOME", ".bashrc", "export VAR=/tmp/acme\n"),
        variable("PYTHONUSERBASE", ".profile", "VAR=/tmp/acme; export VAR\n"),
        variable("PYTHONBREAKPOINT", ".zshrc", "export VAR=acme.cli.main\n"),
        variable("PYTHONPATH", "etc/environment.d/50-acme.conf", "VAR=/tmp/acme\n"),
        variable("PYTHONSTARTUP", "etc/fish/conf.d/acme.fish", "set -gx VAR /tmp/acme/start.py\n"));
  }

  private static Evasion variable(String variable, String file, String line) {
    return Evasion.of(
        variable + " in " + file, DATA + "data/" + file, line.replace("VAR", variable));
  }

  private static byte[] zip(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry(name);
      entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
      zip.putNextEntry(entry);
      zip.write(PAYLOAD.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory is no disk", e);
    }
    return bytes.toByteArray();
  }
}
