package dev.gatehouse.pins.requirements;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Text in, text out; a second run over what came out changes nothing. */
class RequirementsEditorTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  private static byte[] pinned(byte[] before, String version, String... digests) {
    RequirementsEditor editor =
        RequirementsEditor.open(
            SourceText.of(Path.of("requirements.txt"), before), _ -> Optional.empty());
    List<FileHash> hashes =
        Arrays.stream(digests).map(digest -> new FileHash("sha256", digest)).toList();
    for (RequirementsEditor.Line line : editor.lines()) {
      editor.pin(line, Version.parse(version), hashes);
    }
    return editor.content();
  }

  private static void assertPinned(String before, String after) {
    String once = new String(pinned(before.getBytes(UTF_8), "1.0", B, A), UTF_8);
    assertThat(once).isEqualTo(after);
    assertThat(new String(pinned(once.getBytes(UTF_8), "1.0", A, B), UTF_8)).isEqualTo(once);
  }

  @Test
  void addsHashesAsPipCompileDoes() {
    assertPinned(
        "demo==1.0\n",
        "demo==1.0 \\\n    --hash=sha256:" + A + " \\\n    --hash=sha256:" + B + "\n");
  }

  @Test
  void keepsCommentsOrderMarkersAndOptions() {
    assertPinned(
        """
        # top
        --index-url https://a.example/simple   # ours

        Demo[x, y] >= 0.5,<2 ; python_version < '3.13'  # why
          # between
        other (>=1)
        last""",
        """
        # top
        --index-url https://a.example/simple   # ours

        Demo[x, y]==1.0 ; python_version < '3.13' \\
            --hash=sha256:A \\
            --hash=sha256:B  # why
          # between
        other==1.0 \\
            --hash=sha256:A \\
            --hash=sha256:B
        last==1.0 \\
            --hash=sha256:A \\
            --hash=sha256:B"""
            .replace("sha256:A", "sha256:" + A)
            .replace("sha256:B", "sha256:" + B));
  }

  @Test
  void leavesWhatIsCompleteByteForByte() {
    assertPinned(
        "demo==1.0    --hash sha256:" + B + " \\\n\t --hash=sha256:" + A + "   \n\n\n",
        "demo==1.0    --hash sha256:" + B + " \\\n\t --hash=sha256:" + A + "   \n\n\n");
  }

  @Test
  void addsWhatIsMissingAfterWhatIsThereAndReplacesWeakHashes() {
    String c = "c".repeat(128);
    assertPinned(
        "demo==1.0 --config-settings x=1 --hash=sha512:%s --hash=md5:%s\n"
            .formatted(c, "d".repeat(32)),
        "demo==1.0 --config-settings x=1 \\\n    --hash=sha512:%s \\\n    --hash=sha256:%s \\\n    --hash=sha256:%s\n"
            .formatted(c, A, B));
  }

  @Test
  void keepsTheLineEndsAndTheEncodingOfTheFile() {
    byte[] utf16 = "\ufeffdemo==1.0\r\n# é\r\n".getBytes(StandardCharsets.UTF_16LE);

    String after = new String(pinned(utf16, "1.0", A), StandardCharsets.UTF_16LE);

    assertThat(after).isEqualTo("\ufeffdemo==1.0 \\\r\n    --hash=sha256:" + A + "\r\n# é\r\n");
  }

  @Test
  void appendsAtTheEnd() {
    RequirementsEditor editor =
        RequirementsEditor.open(
            SourceText.of(Path.of("r.txt"), "demo==1.0".getBytes(UTF_8)), _ -> Optional.empty());
    editor.appendComment("More.");
    editor.append("other==2.0", List.of(new FileHash("sha256", A)));

    assertThat(new String(editor.content(), UTF_8))
        .isEqualTo("demo==1.0\n\n# More.\nother==2.0 \\\n    --hash=sha256:" + A + "\n");
  }
}
