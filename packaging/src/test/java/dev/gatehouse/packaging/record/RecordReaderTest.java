package dev.gatehouse.packaging.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.Corpus;
import dev.gatehouse.packaging.MalformedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final String EMPTY_SHA256 = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  @Test
  void readsPathHashAndSize() {
    List<RecordRow> rows = parse("a/b.py,sha256=" + EMPTY_SHA256 + ",0\na/RECORD,,\n");

    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst().path()).isEqualTo("a/b.py");
    assertThat(rows.getFirst().recordedSize()).hasValue(0);
    assertThat(rows.getFirst().recordedHash())
        .hasValueSatisfying(
            hash -> {
              assertThat(hash.encoding()).isEqualTo(RecordedHash.Encoding.BASE64_URL);
              assertThat(hash.matches(hash.algorithm().newDigest().digest())).isTrue();
            });
    assertThat(rows.get(1).recordedHash()).isEmpty();
    assertThat(rows.get(1).recordedSize()).isEmpty();
  }

  @Test
  void readsQuotedNames() {
    List<RecordRow> rows = parse("\"a, \"\"b\"\"\nc.py\",,\r\nd.py,,\r");

    assertThat(rows).extracting(RecordRow::path).containsExactly("a, \"b\"\nc.py", "d.py");
    assertThat(rows).extracting(RecordRow::line).containsExactly(1, 3);
  }

  @Test
  void turnsBackslashesAndTellsWhatLiesOutside() {
    List<RecordRow> rows = parse("a\\b.py,,\n..\\..\\Scripts\\pip.exe,,\n/usr/bin/pip,,\nC:/x,,\n");

    assertThat(rows.getFirst().slashedPath()).isEqualTo("a/b.py");
    assertThat(rows).extracting(RecordRow::isOutside).containsExactly(false, true, true, true);
  }

  @Test
  void refusesWhatIsNoRecord() {
    assertThatThrownBy(() -> parse("a,b,c,d\n")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> parse("\"a,,\n")).hasMessageContaining("does not end");
    assertThatThrownBy(() -> parse(",,\n")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> parse("a".repeat(10_000))).hasMessageContaining("8192");
    assertThatThrownBy(() -> parse("a" + ",".repeat(100_000))).hasMessageContaining("too many");
  }

  @Test
  void oneBadSizeHidesNoOtherRow() {
    List<RecordRow> rows = parse("a,,-1\nb,,2\n");

    assertThatThrownBy(rows.getFirst()::recordedSize).isInstanceOf(MalformedException.class);
    assertThat(rows.get(1).recordedSize()).hasValue(2);
  }

  @Test
  void readsEveryRecordOfTheCorpus() throws IOException {
    for (Path wheel : Corpus.wheels()) {
      try (ZipFile zip = new ZipFile(wheel.toFile())) {
        for (ZipEntry entry : zip.stream().filter(RecordReaderTest::isRecord).toList()) {
          List<RecordRow> rows = RecordReader.parse(zip.getInputStream(entry).readAllBytes());
          assertThat(rows).as(wheel.toString()).hasSizeGreaterThan(3);
          rows.forEach(RecordRow::recordedSize);
          // Bytecode may stand without a hash, because installers write it again.
          assertThat(rows)
              .filteredOn(row -> row.recordedHash().isEmpty() && !row.path().endsWith(".pyc"))
              .hasSizeLessThan(2);
        }
      }
    }
  }

  private static boolean isRecord(ZipEntry entry) {
    return entry.getName().endsWith(".dist-info/RECORD");
  }

  private static List<RecordRow> parse(String text) {
    return RecordReader.parse(text.getBytes(UTF_8));
  }
}
