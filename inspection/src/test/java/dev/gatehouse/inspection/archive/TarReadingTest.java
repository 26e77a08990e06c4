package dev.gatehouse.inspection.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarReadingTest {
  private static Read read(TarSample sample) {
    return Read.of(sample.bytes(), ArchiveFormat.TAR);
  }

  private static void assertAmbiguous(Read read) {
    assertThat(read.rules()).contains("archive-ambiguous");
    assertThat(read.blocks()).isTrue();
  }

  private static TarSample small() {
    return new TarSample().folder("p-1/").file("p-1/setup.py", "import os\n").file("p-1/b", "b");
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Nested
  class Honest {
    @Test
    void givesEachEntryInOrder() {
      Read read =
          read(
              small()
                  .entry("p-1/run", '0', "", "x", header -> TarSample.put(header, 100, "0000755"))
                  .link("p-1/link", '2', "setup.py"));
      assertThat(read.isSilent()).isTrue();
      assertThat(read.entries())
          .containsExactly(
              new ArchiveEntry("p-1", ArchiveEntry.Type.DIRECTORY, 0, false, null),
              new ArchiveEntry("p-1/setup.py", ArchiveEntry.Type.FILE, 10, false, null),
              new ArchiveEntry("p-1/b", ArchiveEntry.Type.FILE, 1, false, null),
              new ArchiveEntry("p-1/run", ArchiveEntry.Type.FILE, 1, true, null),
              new ArchiveEntry("p-1/link", ArchiveEntry.Type.SYMBOLIC_LINK, 0, false, "setup.py"));
      assertThat(read.files()).containsEntry("p-1/setup.py", "import os\n");
    }

    @ParameterizedTest
    @ValueSource(
        ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void readsLongNamesOfGnuAndPax(int mode) throws IOException {
      String name = "folder/".repeat(30) + "ü.py";
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
        tar.setLongFileMode(mode);
        tar.setAddPaxHeadersForNonAsciiNames(mode == TarArchiveOutputStream.LONGFILE_POSIX);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(2);
        tar.putArchiveEntry(entry);
        tar.write("ab".getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
      Read read = Read.of(out.toByteArray(), ArchiveFormat.TAR);
      assertThat(read.files()).containsExactlyEntriesOf(java.util.Map.of(name, "ab"));
      assertThat(read.isSilent()).isTrue();
    }

    @Test
    void readsTheSameOutOfEveryCompression() throws IOException {
      byte[] tar = small().bytes();
      ByteArrayOutputStream bzip = new ByteArrayOutputStream();
      try (OutputStream out = new BZip2CompressorOutputStream(bzip)) {
        out.write(tar);
      }
      ByteArrayOutputStream xz = new ByteArrayOutputStream();
      try (OutputStream out = new XZOutputStream(xz, new LZMA2Options(9))) {
        out.write(tar);
      }
      Read plain = Read.of(tar, ArchiveFormat.TAR);
      assertThat(plain.files()).hasSize(2);
      assertThat(Read.of(gzip(tar), ArchiveFormat.TAR_GZ)).isEqualTo(plain);
      assertThat(Read.of(bzip.toByteArray(), ArchiveFormat.TAR_BZ2)).isEqualTo(plain);
      assertThat(Read.of(xz.toByteArray(), ArchiveFormat.TAR_XZ)).isEqualTo(plain);
    }

    @Test
    void readsSeveralGzipMembersAndZerosBehindThem() throws IOException {
      byte[] tar = small().bytes();
      byte[] members =
          joined(gzip(Arrays.copyOf(tar, 700)), gzip(Arrays.copyOfRange(tar, 700, tar.length)));
      Read read = Read.of(joined(members, new byte[100]), ArchiveFormat.TAR_GZ);
      assertThat(read.isSilent()).isTrue();
      assertThat(read.files()).hasSize(2);
    }

    @Test
    void readsAGlobalHeaderThatOnlyComments() {
      TarSample sample = new TarSample().pax('g', "comment=0123456789abcdef").file("a", "a");
      assertThat(read(sample).isSilent()).isTrue();
    }

    @Test
    void takesAFolderOfTheFirstTarsForOne() {
      Read read = read(new TarSample().entry("a/", '\0', "", "", header -> {}).file("a/b", "b"));
      assertThat(read.entries().getFirst().type()).isEqualTo(ArchiveEntry.Type.DIRECTORY);
      assertThat(read.isSilent()).isTrue();
    }
  }

  @Nested
  class Ambiguous {
    @Test
    void refusesAPaxSizeThatContradictsTheHeader() {
      assertAmbiguous(read(new TarSample().pax('x', "size=1024").file("a", "a".repeat(1024 - 9))));
    }

    @Test
    void refusesTwoLongNames() {
      TarSample sample =
          new TarSample().entry("L", 'L', "", "gnu\0", header -> {}).pax('x', "path=posix");
      assertAmbiguous(read(sample.file("a", "a")));
      assertAmbiguous(read(new TarSample().pax('x', "path=a", "path=b").file("a", "a")));
      assertAmbiguous(read(new TarSample().pax('x', "path=a").pax('x', "mtime=1").file("a", "a")));
    }

    @Test
    void refusesAGlobalHeaderThatRenames() {
      assertAmbiguous(read(new TarSample().pax('g', "path=setup.py").file("a", "a")));
    }

    @Test
    void refusesPaxRecordsThatAreNone() {
      TarSample sample = new TarSample().entry("x", 'x', "", "99 path=a\n", header -> {});
      assertAmbiguous(read(sample.file("a", "a")));
    }

    @Test
    void refusesNegativeAndMalformedNumbers() {
      assertAmbiguous(
          read(
              new TarSample()
                  .entry("a", '0', "", "", header -> Arrays.fill(header, 124, 136, (byte) 0xff))));
      assertAmbiguous(
          read(
              new TarSample()
                  .entry("a", '0', "", "", header -> TarSample.put(header, 136, "12x4"))));
    }

    @Test
    void refusesALaterHeaderWithAWrongChecksum() {
      byte[] tar = small().bytes();
      tar[512 + 3] ^= 1;
      assertAmbiguous(Read.of(tar, ArchiveFormat.TAR));
    }

    @Test
    void refusesAPrefixWhereTheFormatHasNone() {
      assertAmbiguous(
          read(
              new TarSample()
                  .entry(
                      "a",
                      '0',
                      "",
                      "",
                      header -> {
                        TarSample.put(header, 257, "ustar  \0");
                        TarSample.put(header, 345, "evil");
                      })));
    }

    @Test
    void refusesContentOfALinkOrFolder() {
      assertAmbiguous(read(new TarSample().entry("a", '5', "", "x", header -> {})));
      assertAmbiguous(read(new TarSample().file("b", "").entry("a", '1', "b", "x", h -> {})));
    }

    @Test
    void refusesUnknownTypesAndFilesNamedLikeFolders() {
      assertAmbiguous(read(new TarSample().entry("a", 'Z', "", "", header -> {})));
      assertAmbiguous(read(new TarSample().file("a/", "x")));
    }

    @Test
    void refusesWhatFollowsTheEnd() {
      byte[] tar = small().bytes();
      assertAmbiguous(Read.of(joined(tar, small().bytes()), ArchiveFormat.TAR));
      assertAmbiguous(Read.of(joined(tar, new byte[] {1}), ArchiveFormat.TAR));
    }

    @Test
    void refusesWhatFollowsTheCompressedBytes() throws IOException {
      byte[] gzip = gzip(small().bytes());
      assertAmbiguous(
          Read.of(
              joined(gzip, "#!/bin/sh".getBytes(StandardCharsets.UTF_8)), ArchiveFormat.TAR_GZ));
    }

    @Test
    void doesNotReadSparseFiles() {
      Read read = read(new TarSample().pax('x', "GNU.sparse.major=1").file("a", "a"));
      assertThat(read.rules()).containsExactly("archive-ambiguous");
      assertThat(read.reading().problems()).hasSize(1);
      assertThat(read.files()).isEmpty();
    }
  }

  @Nested
  class Places {
    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/evil", "a/../../evil", "C:/evil", "a\\..\\..\\evil"})
    void refusesNamesThatLeadElsewhere(String name) {
      Read read = read(new TarSample().file(name, "x"));
      assertThat(read.rules()).containsExactly("archive-path");
      assertThat(read.blocks()).isTrue();
      assertThat(read.files()).containsOnlyKeys("evil");
    }

    @Test
    void acceptsDotsAtTheFrontAndTellsBackslashes() {
      assertThat(read(new TarSample().folder("./").file("./a", "x")).isSilent()).isTrue();
      Read read = read(new TarSample().file("a\\b", "x"));
      assertThat(read.reading().findings().getFirst().severity()).isEqualTo(Severity.LOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "/etc/passwd", "a/../../../x", "C:\\x", "..\\..\\x"})
    void refusesLinksThatLeadOut(String target) {
      Read symbolic = read(new TarSample().link("p/l", '2', target));
      assertThat(symbolic.rules()).containsExactly("archive-link");
      assertThat(symbolic.blocks()).isTrue();
      Read hard = read(new TarSample().link("p/l", '1', target));
      assertThat(hard.rules()).containsExactly("archive-link");
      assertThat(hard.blocks()).isTrue();
    }

    @Test
    void refusesALinkThatLeadsOutThroughAnother() {
      Read read = read(new TarSample().link("p/here", '2', "..").link("p/out", '2', "here/../x"));
      assertThat(read.rules()).containsExactly("archive-link");
      assertThat(read.reading().findings().getFirst().path()).isEqualTo("p/out");
    }

    @Test
    void refusesAFileThroughALink() {
      Read read = read(new TarSample().link("p/l", '2', "q").file("p/l/a", "x"));
      assertThat(read.rules()).containsExactly("archive-link");
      assertThat(read.blocks()).isTrue();
    }

    @Test
    void acceptsLinksThatStayInsideAndRings() {
      Read read =
          read(
              new TarSample()
                  .link("p/a", '2', "../q/x")
                  .link("p/b", '2', "c")
                  .link("p/c", '2', "b"));
      assertThat(read.isSilent()).isTrue();
    }

    @Test
    void holdsAFileUnderASecondName() {
      Read read = read(new TarSample().file("a", "x").link("setup.py", '1', "a"));
      assertThat(read.rules()).containsExactly("archive-link");
      assertThat(read.blocks()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(chars = {'3', '4', '6'})
    void refusesDevicesAndPipes(char type) {
      Read read = read(new TarSample().link("dev", type, ""));
      assertThat(read.rules()).containsExactly("archive-special-file");
    }

    @Test
    void tellsAPathTwiceAndAFileThatIsAFolder() {
      Read twice = read(new TarSample().file("a", "1").file("a", "2"));
      assertThat(twice.rules()).containsExactly("archive-duplicate");
      assertThat(twice.blocks()).isFalse();
      assertThat(twice.files()).containsEntry("a", "2");
      Read both = read(new TarSample().file("a", "1").file("a/b", "2"));
      assertThat(both.blocks()).isTrue();
    }
  }

  @Nested
  class Damaged {
    @Test
    void tellsWhatIsNoTarArchive() {
      Read read = Read.of("x".repeat(2000).getBytes(StandardCharsets.UTF_8), ArchiveFormat.TAR);
      assertThat(read.rules()).containsExactly("archive-corrupt");
      for (ArchiveFormat format : ArchiveFormat.values()) {
        assertThat(Read.of(new byte[0], format).isSilent()).as("%s", format).isFalse();
        assertThat(Read.of("hello".getBytes(StandardCharsets.UTF_8), format).isSilent())
            .as("%s", format)
            .isFalse();
      }
    }

    @Test
    void isNeverSilentWhereItIsCutOff() throws IOException {
      byte[] tar = small().bytesWithoutEnd();
      for (int length = 0; length <= tar.length; length += 7) {
        Read read = Read.of(Arrays.copyOf(tar, length), ArchiveFormat.TAR);
        assertThat(read.isSilent()).as("cut off at %d", length).isFalse();
      }
      byte[] gzip = gzip(small().bytes());
      for (int length = 0; length < gzip.length; length++) {
        Read read = Read.of(Arrays.copyOf(gzip, length), ArchiveFormat.TAR_GZ);
        assertThat(read.isSilent()).as("cut off at %d", length).isFalse();
      }
    }

    @Test
    void isNeverSilentWhereAFlippedBitChangesAHeader() {
      byte[] tar = new TarSample().file("p-1/setup.py", "").bytes();
      for (int bit = 0; bit < 8 * 512; bit++) {
        byte[] flipped = tar.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        Read read = Read.of(flipped, ArchiveFormat.TAR);
        if (read.isSilent()) {
          assertThat(read.files()).as("bit %d", bit).containsOnlyKeys("p-1/setup.py");
        }
      }
    }

    @Test
    void isNeverSilentWhereAFlippedBitChangesWhatIsUnpacked() throws IOException {
      ByteArrayOutputStream xz = new ByteArrayOutputStream();
      ByteArrayOutputStream bzip = new ByteArrayOutputStream();
      try (OutputStream toXz = new XZOutputStream(xz, new LZMA2Options(1));
          OutputStream toBzip = new BZip2CompressorOutputStream(bzip)) {
        new ByteArrayInputStream(small().bytes()).transferTo(toXz);
        new ByteArrayInputStream(small().bytes()).transferTo(toBzip);
      }
      flipEachBit(gzip(small().bytes()), ArchiveFormat.TAR_GZ);
      flipEachBit(xz.toByteArray(), ArchiveFormat.TAR_XZ);
      flipEachBit(bzip.toByteArray(), ArchiveFormat.TAR_BZ2);
    }

    private static void flipEachBit(byte[] archive, ArchiveFormat format) {
      Read whole = Read.of(archive, format);
      assertThat(whole.isSilent()).isTrue();
      for (int bit = 0; bit < 8 * archive.length; bit++) {
        byte[] flipped = archive.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        Read read = Read.of(flipped, format);
        if (read.isSilent()) {
          assertThat(read.files()).as("%s, bit %d", format, bit).isEqualTo(whole.files());
        }
      }
    }
  }
}
