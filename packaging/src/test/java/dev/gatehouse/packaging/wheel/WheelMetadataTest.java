package dev.gatehouse.packaging.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WheelMetadataTest {
  private static final WheelName NAME = WheelName.parse("foo_bar-1.0-py3-none-any.whl");
  private static final String FOLDER = "foo_bar-1.0.dist-info/";
  private static final String METADATA =
      "Metadata-Version: 2.4\nName: foo-bar\nVersion: 1.0\n\nZürich\n";
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  @TempDir Path folder;

  private byte[] read(byte[] wheel) throws IOException {
    return WheelMetadata.read(Files.write(folder.resolve("wheel"), wheel), NAME);
  }

  private static byte[] wheel() throws IOException {
    return builder().build();
  }

  /** The metadata comes last, so that its records are the last ones of their kind. */
  private static WheelBytes builder() throws IOException {
    return new WheelBytes()
        .deflated("foo_bar/__init__.py", "")
        .deflated(FOLDER + "RECORD", "")
        .deflated(FOLDER + "METADATA", METADATA);
  }

  @Nested
  class Reads {
    @Test
    void theExactBytes() throws IOException {
      assertThat(read(wheel())).isEqualTo(METADATA.getBytes(UTF_8));
    }

    @Test
    void entriesThatAreNotCompressed() throws IOException {
      assertThat(read(new WheelBytes().stored(FOLDER + "METADATA", METADATA).build()))
          .isEqualTo(METADATA.getBytes(UTF_8));
    }

    @Test
    void emptyMetadata() throws IOException {
      assertThat(read(new WheelBytes().deflated(FOLDER + "METADATA", "").build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Foo.Bar-1.0.dist-info/", "foo-bar-1.0.dist-info/", "foo_bar-1.0.0.dist-info/"})
    void folderNamesInOtherSpellings(String name) throws IOException {
      assertThat(read(new WheelBytes().deflated(name + "METADATA", METADATA).build())).isNotEmpty();
    }

    @Test
    void itsOwnMetadataAndNotAVendoredOne() throws IOException {
      byte[] wheel =
          builder().deflated("foo_bar/_vendor/x-1.dist-info/METADATA", "Name: x").build();
      assertThat(read(wheel)).isEqualTo(METADATA.getBytes(UTF_8));
    }

    @Test
    void archivesWithAComment() throws IOException {
      assertThat(read(builder().comment("made by hand").build())).isNotEmpty();
    }

    @Test
    void archivesWithNumbersOf64Bits() throws IOException {
      assertThat(read(WheelBytes.zip64(wheel(), 3, true))).isEqualTo(METADATA.getBytes(UTF_8));
      assertThat(read(WheelBytes.zip64(wheel(), 3, false))).isEqualTo(METADATA.getBytes(UTF_8));
    }

    @Test
    void anyChannelWithoutClosingIt() throws IOException {
      Path file = Files.write(folder.resolve("wheel"), wheel());
      try (SeekableByteChannel channel = Files.newByteChannel(file).position(7)) {
        assertThat(WheelMetadata.read(channel, NAME)).isEqualTo(METADATA.getBytes(UTF_8));
        assertThat(channel.isOpen()).isTrue();
      }
    }
  }

  @Nested
  class Refuses {
    private void refuses(byte[] wheel, String reason) {
      assertThatThrownBy(() -> read(wheel))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining(reason);
    }

    @Test
    void whatIsNoArchive() throws IOException {
      refuses(new byte[0], "is a ZIP archive");
      refuses("#!/bin/sh\n".getBytes(UTF_8), "is a ZIP archive");
      refuses(new byte[100_000], "is a ZIP archive");
      refuses(Arrays.copyOf(wheel(), wheel().length - 1), "is a ZIP archive");
    }

    @Test
    void wheelsWithoutADistInfoFolder() throws IOException {
      refuses(new WheelBytes().deflated("foo_bar.py", "").build(), "one .dist-info folder, not 0");
    }

    @Test
    void wheelsWithTwoDistInfoFolders() throws IOException {
      refuses(
          builder().deflated("evil-1.0.dist-info/RECORD", "").build(),
          "one .dist-info folder, not 2");
      refuses(builder().deflated("FOO_BAR-1.0.dist-info/METADATA", "").build(), "metadata once");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "evil-1.0.dist-info/",
          "foo_bar-1.1.dist-info/",
          "foo_bar.dist-info/",
          ".dist-info/",
          "foo_bar-.dist-info/"
        })
    void folderNamesOfAnotherProjectOrVersion(String name) throws IOException {
      refuses(
          new WheelBytes().deflated(name + "METADATA", METADATA).build(),
          "of its own name and version");
    }

    @Test
    void wheelsWithoutMetadata() throws IOException {
      refuses(new WheelBytes().deflated(FOLDER + "METADATA.json", "").build(), "has metadata");
      refuses(new WheelBytes().deflated(FOLDER + "x/METADATA", "").build(), "has metadata");
    }

    @Test
    void metadataThatIsThereTwice() throws IOException {
      byte[] wheel = builder().deflated(FOLDER + "METADATX", "Name: evil").build();
      refuses(WheelBytes.replaced(wheel, "METADATX", "METADATA"), "metadata once");
    }

    @Test
    void encryptedMetadata() throws IOException {
      refuses(WheelBytes.withByte(wheel(), CENTRAL, 8, 9), "neither encrypted");
    }

    @Test
    void otherCompression() throws IOException {
      refuses(WheelBytes.withByte(wheel(), CENTRAL, 10, 12), "compressed in another way");
    }

    @Test
    void metadataBeyondTheLimit() throws IOException {
      String bomb = "x".repeat(CoreMetadata.LONGEST_BYTES + 1);
      refuses(
          new WheelBytes().deflated(FOLDER + "METADATA", bomb).build(), "at most 10485760 bytes");
      assertThat(read(new WheelBytes().deflated(FOLDER + "METADATA", bomb.substring(1)).build()))
          .hasSize(CoreMetadata.LONGEST_BYTES);
    }

    @Test
    void metadataThatIsLongerOrShorterThanDeclared() throws IOException {
      int length = METADATA.getBytes(UTF_8).length;
      refuses(
          WheelBytes.withByte(wheel(), CENTRAL, 24, length - 1),
          "the length that the directory says");
      refuses(
          WheelBytes.withByte(wheel(), CENTRAL, 24, length + 1),
          "the length that the directory says");
    }

    @Test
    void damagedMetadata() throws IOException {
      refuses(
          WheelBytes.withByte(
              wheel(), CENTRAL, 16, wheel()[WheelBytes.lastRecord(wheel(), CENTRAL) + 16] ^ 1),
          "the CRC");
      byte[] stored = new WheelBytes().stored(FOLDER + "METADATA", METADATA).build();
      refuses(WheelBytes.replaced(stored, "foo-bar", "foo-baz"), "the CRC");
    }

    @Test
    void headersThatSayAnythingElseThanTheDirectory() throws IOException {
      byte[] wheel = wheel();
      byte[] renamed = wheel.clone();
      renamed[WheelBytes.lastRecord(wheel, LOCAL) + 30] = 'F';
      refuses(renamed, "a header that agrees");
      refuses(WheelBytes.withByte(wheel, LOCAL, 8, 0), "a header that agrees");
      byte[] stored = new WheelBytes().stored(FOLDER + "METADATA", METADATA).build();
      refuses(WheelBytes.withByte(stored, LOCAL, 22, 1), "a header that agrees");
      refuses(WheelBytes.withByte(wheel, CENTRAL, 42, 1), "a header that agrees");
    }

    @Test
    void namesThatOthersReadUpToANul() throws IOException {
      byte[] wheel = builder().deflated(FOLDER + "METADATA_txt", "Name: evil").build();
      refuses(WheelBytes.replaced(wheel, "METADATA_txt", "METADATA\0txt"), "no NUL");
    }

    @Test
    void bytesBeforeAndAfterTheArchive() throws IOException {
      byte[] wheel = wheel();
      byte[] after = Arrays.copyOf(wheel, wheel.length + 1);
      refuses(after, "ends with its end record");
      byte[] before = new byte[wheel.length + 1];
      System.arraycopy(wheel, 0, before, 1, wheel.length);
      refuses(before, "directly before its end record");
    }

    @Test
    void endRecordsWithinTheComment() throws IOException {
      byte[] wheel = builder().comment("....PK\5\6" + "\0".repeat(30)).build();
      refuses(wheel, "ends with its end record");
    }

    @Test
    void directoriesWithMoreOrFewerEntriesThanDeclared() throws IOException {
      byte[] fewer = WheelBytes.withByte(WheelBytes.withByte(wheel(), END, 8, 2), END, 10, 2);
      refuses(fewer, "as many entries");
      byte[] more = WheelBytes.withByte(WheelBytes.withByte(wheel(), END, 8, 4), END, 10, 4);
      refuses(more, "as many entries");
    }

    @Test
    void endRecordsThatContradictEachOther() throws IOException {
      refuses(WheelBytes.zip64(wheel(), 2, false), "contradict");
      refuses(WheelBytes.zip64(wheel(), 2, true), "as many entries");
      refuses(WheelBytes.zip64(wheel(), Long.MAX_VALUE, true), "at most 1000000 entries");
    }

    @Test
    void partsOfSeveralArchives() throws IOException {
      refuses(WheelBytes.withByte(wheel(), END, 4, 1), "not a part of several");
    }
  }

  @Test
  void passesOnThatTheFileCannotBeRead() {
    assertThatThrownBy(() -> WheelMetadata.read(folder.resolve("missing"), NAME))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void givesTheTrueMetadataOfADamagedWheelOrNone() throws IOException {
    Random random = new Random(427);
    byte[] wheel = builder().stored("x", "y").build();
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] damaged = wheel.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(read(damaged)).isEqualTo(METADATA.getBytes(UTF_8));
      } catch (MalformedException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 4_900);
  }
}
