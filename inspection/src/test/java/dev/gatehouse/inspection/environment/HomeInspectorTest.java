package dev.gatehouse.inspection.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.TargetReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeInspectorTest {
  private final MemoryTree tree = new MemoryTree();

  private TargetReport home() {
    return new HomeInspector(KnownBad.builtIn()).home("~", "home/me", tree);
  }

  private TargetReport machine(Map<String, String> variables) {
    return new HomeInspector(KnownBad.builtIn()).machine("machine", tree, variables);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .bashrc                           | export PYTHONSTARTUP=~/x.py
          .zshenv                           | PYTHONPATH="/opt/x:$PYTHONPATH"; export PYTHONPATH
          .cshrc                            | setenv PYTHONHOME /opt/x
          .pam_environment                  | PYTHONPATH DEFAULT=/opt/x
          .config/fish/config.fish          | set -gx PYTHONSTARTUP ~/x.py
          .config/fish/fish_variables       | SETUVAR --export PYTHONSTARTUP:/x
          .config/environment.d/a.conf      | PYTHONSTARTUP=/x
          .config/nushell/env.nu            | $env.PYTHONSTARTUP = "/x"
          .config/systemd/user/a.service    | Environment="PYTHONPATH=/opt/x"
          Documents/PowerShell/profile.ps1  | $env:PYTHONSTARTUP = "C:\\x.py"
          """)
  void findsVariablesThatEveryPythonObeys(String path, String line) {
    tree.file("home/me/" + path, "# first\n" + line + "\n");

    assertThat(Inspections.texts(home()))
        .containsExactly("startup-environment-variable medium %s:2".formatted(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# export PYTHONSTARTUP=/tmp/x.py",
        "unset PYTHONPATH",
        "echo $PYTHONPATH",
        "if [ -n \"$PYTHONHOME\" ]; then",
        "export MY_PYTHONPATH=/x",
        "export PYTHONPATH=",
        "export PYTHONWARNINGS=ignore::DeprecationWarning",
        "export PYTHONDONTWRITEBYTECODE=1"
      })
  void passesOverLinesThatSetNoneOfThem(String line) {
    tree.file("home/me/.bashrc", line + "\n");

    assertThat(Inspections.texts(home())).isEmpty();
  }

  @Test
  void saysThatAFileHasMoreNamesThanAnybodyWrites() {
    tree.file("home/me/.profile", "PYTHONPATH ".repeat(100_000));

    assertThat(Inspections.texts(home()))
        .containsExactly("startup-environment-variable high .profile:0");
  }

  @Test
  void takesAPlaceThatAnybodyMayWriteToForWorse() {
    tree.file("home/me/.profile", "export PYTHONSTARTUP=/tmp/.x.py\n");

    assertThat(Inspections.texts(home()))
        .containsExactly("startup-environment-variable high .profile:1");
  }

  @Test
  void readsTheListsOfMacOs() {
    tree.file(
        "home/me/Library/LaunchAgents/a.plist",
        "<plist><dict><key>EnvironmentVariables</key><dict><key>PYTHONSTARTUP</key>\n"
            + "<string>/x.py</string></dict></dict></plist>");
    tree.file(
        "home/me/Library/LaunchAgents/b.plist",
        "<plist><array><string>launchctl</string><string>setenv</string><string>PYTHONPATH</string>"
            + "<string>/x</string></array></plist>");
    tree.file("home/me/Library/LaunchAgents/c.plist", "bplist00…PYTHONHOME…");

    assertThat(Inspections.texts(home()))
        .hasSize(3)
        .allMatch(text -> text.startsWith("startup-environment-variable medium"));
  }

  @Test
  void tellsWherePackagesComeFrom() {
    tree.file("home/me/.pip/pip.conf", "[global]\nindex-url = https://mirror.example.com/simple\n");
    tree.file(
        "home/me/.config/pip/pip.conf",
        """
        [global]
        index-url = https://pypi.org/simple/
        extra-index-url =
            https://user:secret@mirror.example.com/simple
        trusted-host = mirror.example.com
        timeout = 10
        """);
    tree.file("home/me/.config/uv/uv.toml", "[[index]]\nurl = \"http://mirror.example.com/\"\n");

    TargetReport report = home();
    assertThat(Inspections.texts(report))
        .containsExactly(
            "startup-pip-config medium .config/pip/pip.conf:4",
            "startup-pip-config medium .config/pip/pip.conf:5",
            "startup-pip-config medium .config/uv/uv.toml:2",
            "startup-pip-config info .pip/pip.conf:2");
    assertThat(report.findings())
        .extracting(finding -> finding.evidence())
        .noneMatch(evidence -> evidence.contains("secret"));
  }

  @Test
  void findsWhatAnIncidentLeftBehind() {
    tree.file("home/me/.config/sysmon/sysmon.py", "").file("tmp/tpcp.tar.gz", "");

    assertThat(Inspections.texts(home()))
        .containsExactly("known-persistence critical .config/sysmon/sysmon.py:0");
    assertThat(Inspections.texts(machine(Map.of())))
        .containsExactly("known-persistence critical tmp/tpcp.tar.gz:0");
  }

  @Test
  void looksAtTheVariablesOfTheSession() {
    assertThat(Inspections.texts(machine(Map.of("PYTHONSTARTUP", "/tmp/x.py", "HOME", "/x"))))
        .containsExactly("startup-environment-variable high null:0");
  }

  @Test
  void looksAtWhatHoldsForAllUsers() {
    tree.file("etc/environment", "PYTHONPATH=/opt/x\n")
        .file("etc/profile.d/python.sh", "export PYTHONSTARTUP=/x\n")
        .file("etc/pip.conf", "[global]\nfind-links = /tmp/w\n");

    assertThat(Inspections.texts(machine(Map.of())))
        .isEqualTo(
            List.of(
                "startup-pip-config high etc/pip.conf:2",
                "startup-environment-variable medium etc/environment:1",
                "startup-environment-variable medium etc/profile.d/python.sh:1"));
  }
}
