package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.SampleArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.junit.jupiter.api.Test;

class StartupEvasionsTest {
  private static final List<Evasion> ALL =
      Stream.concat(StartupEvasions.all().stream(), StartupEvasions.inert().stream()).toList();

  /** In Python, JSON and shell: all calls of a command, and the only one that may be. */
  private static final Pattern COMMAND = Pattern.compile("os\\.system\\([^)]*+\\)");

  private static final Pattern URL = Pattern.compile("[a-z]++://([^/\\s\"'{}:]++)");

  @Test
  void givesEachWayOnce() {
    assertThat(ALL).extracting(Evasion::name).doesNotHaveDuplicates();
  }

  @Test
  void holdsTheFileThatCarriesTheWay() throws IOException {
    for (Evasion evasion : ALL) {
      assertThat(contents(evasion.wheel())).as(evasion.name()).containsKey(evasion.path());
    }
  }

  @Test
  void runsNothingButTrue() throws IOException {
    for (Evasion evasion : ALL) {
      for (byte[] content : contents(evasion.wheel()).values()) {
        String text = new String(content, ISO_8859_1);
        assertThat(COMMAND.matcher(text).results().map(match -> match.group()))
            .as(evasion.name())
            .allMatch("os.system(\"true\")"::equals);
        assertThat(URL.matcher(text).results().map(match -> match.group(1)))
            .as(evasion.name())
            .allMatch(host -> host.endsWith(".invalid"));
      }
    }
  }

  @Test
  void keepsTheBytesThatTheWayIsMadeOf() throws IOException {
    assertThat(contentOf("byte order mark before import"))
        .startsWith(0xef, 0xbb, 0xbf, 'i', 'm', 'p', 'o', 'r', 't');
    assertThat(contentOf("comment, NEL")).contains(0xc2, 0x85);
    assertThat(contentOf("comment, NEL as the one byte of Latin-1"))
        .contains(0x85)
        .doesNotContain(0xc2);
    assertThat(contentOf("carriage return alone as line end")).doesNotContain('\n');
  }

  private static byte[] contentOf(String name) throws IOException {
    Evasion evasion =
        ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return contents(evasion.wheel()).getOrDefault(evasion.path(), new byte[0]);
  }

  private static Map<String, byte[]> contents(SampleArtifact artifact) throws IOException {
    InputStream bytes = new ByteArrayInputStream(artifact.bytes());
    if (artifact.isWheel()) {
      return contents(new ZipArchiveInputStream(bytes), 0);
    }
    int folder = artifact.filename().length() - ".tar.gz".length() + 1;
    return contents(new TarArchiveInputStream(new GZIPInputStream(bytes), UTF_8.name()), folder);
  }

  private static Map<String, byte[]> contents(
      ArchiveInputStream<? extends ArchiveEntry> archive, int prefix) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    try (archive) {
      for (ArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        contents.put(entry.getName().substring(prefix), archive.readAllBytes());
      }
    }
    return contents;
  }
}
