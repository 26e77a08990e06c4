package dev.gatehouse.packaging.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  private final Links links = new Links(URI.create("https://index.example/simple/foo/"));

  @ParameterizedTest
  @CsvSource({
    "x.zip, https://index.example/simple/foo/x.zip",
    "./x.zip, https://index.example/simple/foo/x.zip",
    "../../files/x.zip, https://index.example/files/x.zip",
    "../../../../x.zip#sha256=1, https://index.example/x.zip#sha256=1",
    "/a/./b/../x.zip?q, https://index.example/a/x.zip?q",
    "//files.example/x.zip, https://files.example/x.zip",
    "http://files.example:8080/x.zip, http://files.example:8080/x.zip",
    "HTTPS://files.example/../../x.zip, HTTPS://files.example/x.zip",
    "https://files.example/a//b/..x/x..zip, https://files.example/a//b/..x/x..zip",
    "https://files.example/a%2Fb%20c.zip, https://files.example/a%2Fb%20c.zip",
    "' x.zip\n', https://index.example/simple/foo/x.zip",
    "https://files.example, https://files.example",
  })
  void resolvesReferencesAgainstThePage(String reference, String resolved) {
    assertThat(links.resolve(reference)).hasToString(resolved);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "file:x",
        "javascript:alert(1)",
        "data:,x",
        "ftp://x/y",
        "jar:https://x!/y",
        "mailto:a@b",
        "http:x",
        "http:///x",
        "https:",
        "x y",
        "x\ny",
        "<x>",
        "\\\\x",
        "http://[::1",
        "http://x:y/",
        "%",
        "x\0",
        "/a/%2e%2e/x",
        "/%2E/x",
        "/.%2e/x",
        "https://x/%2e%2e",
        "/../%2e%2e/x"
      })
  void refusesWhatNothingMayBeFetchedFrom(String reference) {
    assertThatThrownBy(() -> links.resolve(reference)).isInstanceOf(MalformedException.class);
  }

  @Test
  void letsAPageInAFolderPointAtFiles() {
    Links folder = new Links(URI.create("file:///srv/simple/foo/index.html"));
    assertThat(folder.resolve("../../files/x.zip")).hasToString("file:/srv/files/x.zip");
    assertThat(folder.resolve("https://files.example/x.zip"))
        .hasToString("https://files.example/x.zip");
    assertThatThrownBy(() -> folder.resolve("%2e%2e/x.zip")).isInstanceOf(MalformedException.class);
  }

  @Test
  void isBounded() {
    assertThat(links.resolve("x".repeat(8_192)).getPath()).hasSizeGreaterThan(8_192);
    assertThatThrownBy(() -> links.resolve("x".repeat(8_193)))
        .isInstanceOf(MalformedException.class);
    assertThat(links.resolve("../".repeat(2_700) + "x")).hasToString("https://index.example/x");
  }
}
