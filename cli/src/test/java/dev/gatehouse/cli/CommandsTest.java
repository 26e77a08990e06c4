package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void showsHelpOnStandardOutput() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: gatehouse [-hV] [COMMAND]")
        .contains("serve")
        .contains("client");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString().strip()).matches("gatehouse [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--frobnicate | Unknown option: '--frobnicate' | gatehouse",
        "frobnicate | Unmatched argument at index 0: 'frobnicate' | gatehouse",
        "'' | Missing required subcommand | gatehouse",
        "serve --listen 127.0.0.1 | Invalid value for option '--listen': must be an address and a port such as \"127.0.0.1:8484\" or \"[::1]:8484\", not \"127.0.0.1\" | gatehouse serve",
        "serve --upstream ftp://x/ | Invalid value for option '--upstream': must begin with https:, http: or file:, not \"ftp:\" | gatehouse serve",
        "client add ci | Missing required option: '--role=ROLE' | gatehouse client add",
        "client list --format xml | Invalid value for option '--format': expected one of [text, json] (case-sensitive) but was 'xml' | gatehouse client list",
        "snapshot create March | Invalid value for positional parameter at index 0 (NAME): must be 1 to 64 lower-case letters, digits, dots, dashes and underscores, not \"March\" | gatehouse snapshot create",
        "snapshot use | Name a snapshot, or give --none to serve all that is admitted. | gatehouse snapshot use",
        "snapshot use march --none | Name a snapshot, or give --none to serve all that is admitted. | gatehouse snapshot use",
        "snapshot export march --to poetry | Invalid value for option '--to': expected one of [constraints, pylock] (case-sensitive) but was 'poetry' | gatehouse snapshot export",
      })
  void saysInOneLineWhatIsWrongWithACommandLine(String line, String problem, String command) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(problem, "Try: " + command + " --help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void saysAllThatIsWrongWithTheConfigurationBeforeAnythingStarts() throws Exception {
    Path file = folder.resolve("gatehouse.toml");
    Files.writeString(file, "[index]\nlisen = \"x\"\n[policy]\nmode = 1\n");

    assertThat(run("serve", "--data", folder.resolve("data").toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "Could not start the index: the configuration is wrong.",
            file + ":2: [index] \"lisen\": no such key; did you mean listen?",
            file + ":4: [policy] mode: must be a text in quotation marks, not a number",
            "Mend this, and start again.");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void refusesToStartWithoutTheFileThatWasNamed() {
    assertThat(run("serve", "--config", folder.resolve("none.toml").toString())).isEqualTo(2);
    assertThat(err.toString()).contains(folder.resolve("none.toml") + ": there is no such file");
  }

  @Test
  void saysWhatToDoWhenNoServerRuns() {
    assertThat(run("client", "list", "--data", folder.toString())).isEqualTo(3);
    assertThat(err.toString().lines())
        .containsExactly(
            "Could not find the administrator's token: there is no "
                + folder.resolve("admin-token")
                + ".",
            "Start the server first (gatehouse serve), name its data folder with --data, or set GATEHOUSE_URL and"
                + " GATEHOUSE_TOKEN.");
  }

  private int run(String... args) {
    CommandLine commandLine = Commands.of(Map.of());
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
