package dev.gatehouse.inspection.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Severity;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipReadingTest {
  private static Read read(ZipSample sample) {
    return Read.of(sample.bytes(), ArchiveFormat.ZIP);
  }

  /** A small honest archive, whose second entry the test makes a liar of. */
  private static Read readWith(Consumer<ZipSample.Entry> lie) {
    ZipSample sample = new ZipSample();
    sample.add("pkg/__init__.py", "");
    lie.accept(sample.add("pkg/a.py", "print(1)\n".repeat(9)));
    sample.add("pkg/b.py", "print(2)\n").stored();
    return read(sample);
  }

  private static void assertAmbiguous(Read read) {
    assertThat(read.rules()).contains("archive-ambiguous");
    assertThat(read.blocks()).isTrue();
  }

  @Nested
  class Honest {
    @Test
    void givesEachEntryInOrder() {
      ZipSample sample = new ZipSample();
      sample.add("pkg/", "").stored().mode = 040755;
      sample.add("pkg/a.py", "print('a')").mode = 0100755;
      sample.add("pkg/ü.txt", "ü").stored();
      Read read = read(sample);
      assertThat(read.isSilent()).isTrue();
      assertThat(read.entries())
          .containsExactly(
              new ArchiveEntry("pkg", ArchiveEntry.Type.DIRECTORY, 0, true, null),
              new ArchiveEntry("pkg/a.py", ArchiveEntry.Type.FILE, 10, true, null),
              new ArchiveEntry("pkg/ü.txt", ArchiveEntry.Type.FILE, 2, false, null));
      assertThat(read.files()).containsEntry("pkg/a.py", "print('a')");
      assertThat(read.reading().entries()).isEqualTo(3);
      assertThat(read.reading().unpackedBytes()).isEqualTo(12);
    }

    @Test
    void readsContentLargerThanAnyBuffer() {
      byte[] large = new byte[1_000_003];
      for (int i = 0; i < large.length; i++) {
        large[i] = (byte) (i * 31 ^ i >> 7);
      }
      ZipSample sample = new ZipSample();
      sample.add("deflated", large);
      sample.add("stored", large).stored();
      Read read = read(sample);
      String text = new String(large, ISO_8859_1);
      assertThat(read.files()).isEqualTo(Map.of("deflated", text, "stored", text));
      assertThat(read.isSilent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void readsWhatWasWrittenAsAStream(boolean signature, boolean large) {
      Read read = readWith(entry -> entry.streamed(signature, large));
      assertThat(read.isSilent()).isTrue();
      assertThat(read.files().get("pkg/a.py")).startsWith("print(1)");
    }

    @Test
    void readsEndRecordsOf64Bits() {
      ZipSample sample = new ZipSample();
      sample.zip64 = true;
      sample.add("a", "a");
      assertThat(read(sample).isSilent()).isTrue();
    }

    @Test
    void readsAnArchiveOfNothing() {
      assertThat(read(new ZipSample()).isSilent()).isTrue();
    }

    @Test
    void readsAPlainCommentAndForeignExtraFields() {
      ZipSample sample = new ZipSample();
      sample.comment = "made by a tool".getBytes(UTF_8);
      sample.add("a", "a").extra = ZipSample.extra(0x5455, new byte[5]);
      sample.add("b", "b").localExtra = ZipSample.extra(0x5455, new byte[9]);
      assertThat(read(sample).isSilent()).isTrue();
    }

    @Test
    void readsASecondNameThatIsTheSame() {
      Read read =
          readWith(
              entry ->
                  entry.extra =
                      ZipSample.extra(0x7075, ZipSample.unicodePath("pkg/a.py", "pkg/a.py")));
      assertThat(read.isSilent()).isTrue();
    }
  }

  @Nested
  class Ambiguous {
    @Test
    void refusesAHeaderWithAnotherName() {
      assertAmbiguous(readWith(entry -> entry.localName = "pkg/x.py".getBytes(UTF_8)));
    }

    @Test
    void refusesAHeaderWithAnotherMethod() {
      assertAmbiguous(readWith(entry -> entry.localMethod = 0));
    }

    @Test
    void refusesAHeaderWithAnotherSizeOrCrc() {
      assertAmbiguous(readWith(entry -> entry.localSize = 7));
      assertAmbiguous(readWith(entry -> entry.localCrc = 7));
    }

    @Test
    void refusesAHeaderWithOtherFlags() {
      assertAmbiguous(readWith(entry -> entry.localFlags = 0x800));
    }

    @Test
    void refusesASecondNameThatDiffers() {
      byte[] extra = ZipSample.extra(0x7075, ZipSample.unicodePath("pkg/a.py", "evil.pth"));
      assertAmbiguous(readWith(entry -> entry.extra = extra));
      assertAmbiguous(readWith(entry -> entry.localExtra = extra));
    }

    @Test
    void refusesAnExtraFieldThatRunsOver() {
      assertAmbiguous(readWith(entry -> entry.extra = new byte[] {1, 2, 9, 0, 0}));
    }

    @Test
    void refusesADescriptorThatLies() {
      assertAmbiguous(
          readWith(
              entry -> {
                entry.streamed(true, false);
                entry.descriptor[4]++;
              }));
    }

    @Test
    void refusesAStreamedEntryWhoseEndNoStreamCanKnow() {
      assertAmbiguous(readWith(entry -> entry.stored().streamed(true, false)));
    }

    @Test
    void refusesBytesThatBelongToNoEntry() {
      ZipSample hidden = new ZipSample();
      hidden.add("evil.pth", "import os");
      assertAmbiguous(readWith(entry -> entry.before = hidden.bytes()));
    }

    @Test
    void refusesBytesBeforeTheDirectoryAndBeforeTheEndRecord() {
      ZipSample sample = new ZipSample();
      sample.add("a", "a");
      sample.beforeDirectory = new byte[] {1};
      assertAmbiguous(read(sample));
      sample.beforeDirectory = new byte[0];
      sample.beforeEnd = new byte[] {1};
      assertAmbiguous(read(sample));
    }

    @Test
    void refusesAPrefixWhetherOffsetsCountItOrNot() {
      ZipSample sample = new ZipSample();
      sample.add("a", "a");
      sample.prefix = "#!/bin/sh\n".getBytes(UTF_8);
      assertAmbiguous(read(sample));
      sample.offsetsMore = sample.prefix.length;
      assertAmbiguous(read(sample));
    }

    @Test
    void refusesTwoArchivesBehindOneAnother() {
      ZipSample first = new ZipSample();
      first.add("a", "a");
      ZipSample second = new ZipSample();
      second.add("evil.pth", "import os");
      second.prefix = first.bytes();
      assertAmbiguous(read(second));
      first.comment = second.bytes();
      assertAmbiguous(read(first));
    }

    @Test
    void refusesAnEntryInTheComment() {
      ZipSample sample = new ZipSample();
      sample.add("a", "a");
      sample.comment = "PK\3\4 and so on".getBytes(UTF_8);
      assertAmbiguous(read(sample));
    }

    @Test
    void refusesBytesAfterTheEnd() {
      ZipSample sample = new ZipSample();
      sample.add("a", "a");
      sample.after = new byte[] {0};
      assertAmbiguous(read(sample));
    }

    @Test
    void refusesAnEndRecordInTheCommentOfAnEntry() {
      assertAmbiguous(readWith(entry -> entry.comment = new ZipSample().bytes()));
    }

    @Test
    void refusesADirectoryThatIsMiscounted() {
      ZipSample sample = new ZipSample();
      sample.add("a", "a");
      sample.countedMore = 1;
      assertAmbiguous(read(sample));
      sample.countedMore = -1;
      assertAmbiguous(read(sample));
    }

    @Test
    void refusesTwoEntriesWithTheSameBytes() {
      assertAmbiguous(readWith(entry -> entry.copiesInDirectory = 2));
    }

    @Test
    void refusesAFolderWithContent() {
      ZipSample sample = new ZipSample();
      sample.add("pkg/", "import os");
      assertAmbiguous(read(sample));
    }

    @Test
    void refusesBytesBehindACompressedEntry() {
      assertAmbiguous(
          readWith(entry -> entry.packed = Arrays.copyOf(entry.packed, entry.packed.length + 9)));
    }

    @Test
    void refusesANameThatIsNotTheUtf8ThatItSays() {
      assertAmbiguous(
          readWith(
              entry -> {
                entry.name = new byte[] {'a', (byte) 0xff};
                entry.localName = entry.name;
                entry.flags = 0x800;
              }));
    }

    @Test
    void holdsANameThatDoesNotSayItsEncoding() {
      Read read =
          readWith(
              entry -> {
                entry.name = "ü".getBytes(UTF_8);
                entry.localName = entry.name;
              });
      assertThat(read.rules()).containsExactly("archive-ambiguous");
      assertThat(read.reading().findings().getFirst().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void doesNotReadAMethodThatNoWheelUses() {
      Read read = readWith(entry -> entry.method = 12);
      assertThat(read.rules()).containsExactly("archive-ambiguous");
      assertThat(read.reading().problems()).hasSize(1);
    }
  }

  @Nested
  class Duplicates {
    @Test
    void refusesAPathTwice() {
      ZipSample sample = new ZipSample();
      sample.add("a.py", "1");
      sample.add("a.py", "2");
      Read read = read(sample);
      assertThat(read.rules()).containsExactly("archive-duplicate");
      assertThat(read.blocks()).isTrue();
    }

    @Test
    void refusesAFileThatIsAFolderToo() {
      ZipSample sample = new ZipSample();
      sample.add("a", "1");
      sample.add("a/b", "2");
      assertThat(read(sample).rules()).containsExactly("archive-duplicate");
      ZipSample reverse = new ZipSample();
      reverse.add("a/b", "2");
      reverse.add("a", "1");
      assertThat(read(reverse).rules()).containsExactly("archive-duplicate");
    }

    @Test
    void tellsPathsThatDifferByCaseOrFormOnly() {
      ZipSample sample = new ZipSample();
      sample.add("A.py", "1");
      sample.add("a.py", "2");
      sample.add("\u00fc", "1");
      sample.add("u\u0308", "2");
      Read read = read(sample);
      assertThat(read.rules()).containsExactly("archive-duplicate");
      assertThat(read.reading().findings()).hasSize(2);
      assertThat(read.blocks()).isFalse();
    }

    @Test
    void acceptsAFolderTwice() {
      ZipSample sample = new ZipSample();
      sample.add("a/", "").stored();
      sample.add("a/b", "1");
      sample.add("a/", "").stored();
      assertThat(read(sample).isSilent()).isTrue();
    }
  }

  @Nested
  class Paths {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "../evil.pth",
          "pkg/../../evil.pth",
          "/evil.pth",
          "C:/evil.pth",
          "C:evil.pth",
          "pkg\\..\\..\\evil.pth",
          "\\evil.pth",
          "evil.pth\0.txt"
        })
    void refusesANameThatLeadsElsewhereAndShowsWhatLiesThere(String name) {
      Read read = readWith(entry -> rename(entry, name));
      assertThat(read.rules()).containsExactly("archive-path");
      assertThat(read.blocks()).isTrue();
      assertThat(read.files()).containsKey("evil.pth");
    }

    @Test
    void refusesABackslashAndNoNameAtAll() {
      assertThat(readWith(entry -> rename(entry, "pkg\\a.py")).rules())
          .containsExactly("archive-path");
      assertThat(readWith(entry -> rename(entry, "")).rules()).containsExactly("archive-path");
    }

    @Test
    void tellsPartsThatMeanNothing() {
      Read read = readWith(entry -> rename(entry, "pkg/./x//a.py"));
      assertThat(read.rules()).containsExactly("archive-path");
      assertThat(read.blocks()).isFalse();
      assertThat(read.files()).containsKey("pkg/x/a.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkg/..a/b..", "pkg/a:b", ".hidden/a", "...", "pkg/C:"})
    void acceptsNamesThatOnlyLookLikeIt(String name) {
      Read read = readWith(entry -> rename(entry, name));
      assertThat(read.isSilent()).isTrue();
      assertThat(read.files()).containsKey(name);
    }

    private void rename(ZipSample.Entry entry, String name) {
      entry.name = name.getBytes(UTF_8);
      entry.localName = entry.name;
    }
  }

  @Nested
  class Types {
    @Test
    void refusesALinkThatLeadsOutAndShowsItAsTheFileThatPipMakesOfIt() {
      ZipSample sample = new ZipSample();
      sample.add("pkg/link.pth", "../../etc/passwd").mode = 0120777;
      Read read = read(sample);
      assertThat(read.rules()).containsExactly("archive-link");
      assertThat(read.blocks()).isTrue();
      assertThat(read.files()).containsEntry("pkg/link.pth", "../../etc/passwd");
    }

    @Test
    void holdsALinkThatStaysInside() {
      ZipSample sample = new ZipSample();
      sample.add("pkg/link", "../a").mode = 0120777;
      Read read = read(sample);
      assertThat(read.rules()).containsExactly("archive-link");
      assertThat(read.blocks()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0020644, 0060644, 0010644, 0140644})
    void refusesDevicesPipesAndSockets(int mode) {
      ZipSample sample = new ZipSample();
      sample.add("dev", "").mode = mode;
      assertThat(read(sample).rules()).containsExactly("archive-special-file");
    }

    @Test
    void doesNotReadWhatIsEncrypted() {
      Read read = readWith(entry -> entry.flags = 1);
      assertThat(read.rules()).containsExactly("archive-encrypted");
      assertThat(read.reading().problems()).hasSize(1);
      assertThat(read.files()).containsOnlyKeys("pkg/__init__.py", "pkg/b.py");
    }
  }

  @Nested
  class Corrupt {
    @Test
    void tellsAWrongCrcAndReadsOn() {
      Read read = readWith(entry -> entry.crc = 5);
      assertThat(read.rules()).containsExactly("archive-corrupt");
      assertThat(read.reading().problems().getFirst().path()).isEqualTo("pkg/a.py");
      assertThat(read.files()).containsKey("pkg/b.py");
    }

    @Test
    void tellsAWrongSize() {
      assertThat(readWith(entry -> entry.size--).rules()).containsExactly("archive-corrupt");
      assertThat(readWith(entry -> entry.size++).rules()).containsExactly("archive-corrupt");
    }

    @Test
    void tellsBytesThatAreNotDeflated() {
      Read read = readWith(entry -> entry.packed = "not deflated".getBytes(UTF_8));
      assertThat(read.rules()).containsExactly("archive-corrupt");
    }

    @Test
    void tellsWhatIsNoArchive() {
      Read read = Read.of("no archive".getBytes(UTF_8), ArchiveFormat.ZIP);
      assertThat(read.rules()).containsExactly("archive-corrupt");
      assertThat(read.reading().problems()).hasSize(1);
    }
  }

  @Nested
  class Damaged {
    private final byte[] honest = sample();
    private final Read whole = Read.of(honest, ArchiveFormat.ZIP);

    private static byte[] sample() {
      ZipSample sample = new ZipSample();
      sample.add("pkg/", "").stored();
      sample.add("pkg/a.py", "import os\n".repeat(20));
      sample.add("pkg/b.py", "x = 1\n").stored();
      sample.add("pkg/c.py", "y = 2\n").streamed(true, false);
      return sample.bytes();
    }

    @Test
    void isNeverSilentWhereItIsCutOff() {
      for (int length = 0; length < honest.length; length += 7) {
        Read read = Read.of(Arrays.copyOf(honest, length), ArchiveFormat.ZIP);
        assertThat(read.isSilent()).as("cut off at %d", length).isFalse();
      }
    }

    @Test
    void isNeverSilentWhereAFlippedBitChangesWhatIsRead() {
      for (int bit = 0; bit < 8 * honest.length; bit++) {
        byte[] flipped = honest.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        Read read = Read.of(flipped, ArchiveFormat.ZIP);
        if (read.isSilent()) {
          assertThat(read.files()).as("bit %d", bit).isEqualTo(whole.files());
        }
      }
    }
  }
}
