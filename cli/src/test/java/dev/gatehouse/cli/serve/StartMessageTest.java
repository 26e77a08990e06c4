package dev.gatehouse.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.configuration.Overrides;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartMessageTest {
  private static final Path FILE = Path.of("/srv/gatehouse.toml");

  @Test
  void tellsAPersonAllThatIsNeededToUseTheDefaults() throws ConfigurationException {
    assertThat(message("", "http://127.0.0.1:8484/", false))
        .isEqualTo(
            """
            Gatehouse 1.2.3 serves http://127.0.0.1:8484/

              data       /srv/gatehouse-data
              settings   the defaults; there is no /srv/gatehouse.toml
              mode       vetted: admits only what was vetted
              age        7 days; younger files with 2 approvers
              advisories https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip
              upstreams  pypi  https://pypi.org/simple/
              reading    from this machine without a token, from others with one

            Point a client at it:

              pip        pip install --index-url http://127.0.0.1:8484/simple/ requests
              uv         uv pip install --default-index http://127.0.0.1:8484/simple/ requests
              poetry     poetry source add --priority=primary gatehouse http://127.0.0.1:8484/simple/
              pip.conf   [global]
                         index-url = http://127.0.0.1:8484/simple/
            """);
  }

  @Test
  void givesTheLinesWithATokenWhereOneIsNeeded() throws ConfigurationException {
    String message =
        message(
            """
            [index]
            public-url = "https://packages.example.com/py"
            [policy]
            mode = "allowlist"
            [[upstream]]
            name = "pypi"
            url = "https://pypi.org/simple/"
            [[upstream]]
            name = "ours"
            url = "https://ours.example/simple/"
            projects = ["acme-*", "tools"]
            """,
            "http://127.0.0.1:8484/",
            true);

    assertThat(message)
        .contains(
            """
              settings   /srv/gatehouse.toml, followed while running
              mode       allowlist: admits only what is allowed
              advisories https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip
              upstreams  pypi  https://pypi.org/simple/
                         ours  https://ours.example/simple/  (only acme-*, tools)
            """)
        .endsWith(
            """
            Point a client at it:

              pip        pip install --index-url https://__token__:TOKEN@packages.example.com/py/simple/ requests
              uv         uv pip install --default-index https://__token__:TOKEN@packages.example.com/py/simple/ requests
              poetry     poetry source add --priority=primary gatehouse https://packages.example.com/py/simple/
                         poetry config http-basic.gatehouse __token__ TOKEN
              pip.conf   [global]
                         index-url = https://__token__:TOKEN@packages.example.com/py/simple/

              TOKEN is what this prints: gatehouse client add NAME --role reader
            """);
  }

  @Test
  void tellsPipToTrustAHostThatSpeaksPlainHttp() throws ConfigurationException {
    String message =
        message(
            "[index]\nlisten = \"192.0.2.7:8484\"\nanonymous = \"everyone\"\n",
            "http://192.0.2.7:8484/",
            true);

    assertThat(message)
        .contains(
            "pip install --trusted-host 192.0.2.7 --index-url http://192.0.2.7:8484/simple/ requests\n")
        .contains("             trusted-host = 192.0.2.7\n")
        .doesNotContain("TOKEN");
  }

  @Test
  void speaksToThisMachineAndToOthersWhereItListensEverywhere() throws ConfigurationException {
    String message =
        message("[index]\nlisten = \"0.0.0.0:8484\"\n", "http://127.0.0.1:8484/", true);

    assertThat(message)
        .contains(
            "Point a client on this machine at it:\n\n  pip        pip install --index-url http://127.0.0.1:8484/simple/ ")
        .contains(
            "On other machines, with this one's name for HOST:\n\n"
                + "  pip        pip install --trusted-host HOST --index-url http://__token__:TOKEN@HOST:8484/simple/ requests");
  }

  @Test
  void saysThatASnapshotIsServedAlone() throws ConfigurationException {
    assertThat(message("", "http://127.0.0.1:8484/", false, Optional.of("march")))
        .contains("  snapshot   march and nothing else, until: gatehouse snapshot use --none\n");
    assertThat(message("", "http://127.0.0.1:8484/", false)).doesNotContain("snapshot");
  }

  private static String message(String toml, String address, boolean fileRead)
      throws ConfigurationException {
    return message(toml, address, fileRead, Optional.empty());
  }

  private static String message(
      String toml, String address, boolean fileRead, Optional<String> snapshot)
      throws ConfigurationException {
    var configuration = new ConfigurationReader(Overrides.NONE, Map.of()).read(FILE, toml);
    List<String> lines =
        StartMessage.of(
            "1.2.3",
            URI.create(address),
            configuration,
            new ConfigurationFile(FILE, false),
            fileRead,
            snapshot);
    return String.join("\n", lines);
  }
}
