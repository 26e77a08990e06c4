package dev.gatehouse.samples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.SampleArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class LitellmReleasesTest {
  private static final Pattern LAYER =
      Pattern.compile("b64decode\\(['\"]([A-Za-z0-9+/=]+)['\"]\\)");

  @Test
  void carryWhatTheIncidentCarriedAndWhere() throws IOException {
    assertThat(files(LitellmReleases.clean())).doesNotContainKey("litellm_init.pth");
    assertThat(files(LitellmReleases.clean()).get("litellm/proxy/proxy_server.py"))
        .doesNotContain("subprocess", "b64decode");
    assertThat(files(LitellmReleases.runsAtImport())).doesNotContainKey("litellm_init.pth");
    assertThat(files(LitellmReleases.runsAtImport()).get("litellm/proxy/proxy_server.py"))
        .contains("subprocess.run");
    assertThat(files(LitellmReleases.runsAtStart()).get("litellm_init.pth"))
        .startsWith("import os, subprocess, sys; subprocess.Popen(")
        .contains("\"-S\"")
        .hasLineCount(1);
  }

  /** The whole text of what runs, so that nobody adds anything to it unseen. */
  @Test
  void doNothingButWriteOneLineIntoTheFileThatIsNamed() throws IOException {
    assertThat(payload(LitellmReleases.runsAtStart(), "litellm_init.pth"))
        .isEqualTo(onlyALine("litellm_init.pth of litellm 1.82.8"));
    assertThat(payload(LitellmReleases.runsAtStart(), "litellm/proxy/proxy_server.py"))
        .isEqualTo(onlyALine("proxy_server.py of litellm 1.82.8"));
    assertThat(payload(LitellmReleases.runsAtImport(), "litellm/proxy/proxy_server.py"))
        .isEqualTo(onlyALine("proxy_server.py of litellm 1.82.7"));
  }

  private static String onlyALine(String carrier) {
    return """
    import os

    witness = os.environ.get("GATEHOUSE_DEMO_WITNESS")
    if witness:
        with open(witness, "a", encoding="utf-8") as file:
            file.write("%s ran, with %%d environment variables in its reach\\n" %% len(os.environ))
    """
        .formatted(carrier);
  }

  /** What is within two layers. */
  private static String payload(SampleArtifact release, String carrier) throws IOException {
    String outer = unwrapped(String.valueOf(files(release).get(carrier)));
    assertThat(outer).startsWith("import base64\nexec(").hasLineCount(2);
    return unwrapped(outer);
  }

  private static String unwrapped(String text) {
    Matcher layer = LAYER.matcher(text);
    assertThat(layer.find()).as("a layer in " + text).isTrue();
    String inner = new String(Base64.getDecoder().decode(layer.group(1)), UTF_8);
    assertThat(layer.find()).as("one layer alone").isFalse();
    return inner;
  }

  private static Map<String, String> files(SampleArtifact wheel) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(wheel.bytes()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
