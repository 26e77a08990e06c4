package dev.gatehouse.inspection.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ArchivesTest {
  private static final Limits SMALL = new Limits(3, 200L << 20, 10, 2, Duration.ofSeconds(9), 2000);

  private static byte[] zip(String... namesAndContents) {
    ZipSample sample = new ZipSample();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      sample.add(namesAndContents[i], namesAndContents[i + 1]);
    }
    return sample.bytes();
  }

  private static Budget budget(Limits limits) {
    return new Budget(limits, InstantSource.fixed(Instant.EPOCH));
  }

  @Nested
  class LimitsOf {
    private void assertStops(Read read, String path, String message) {
      assertThat(read.reading().findings()).isEmpty();
      assertThat(read.reading().problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.path()).isEqualTo(path.isEmpty() ? null : path);
                assertThat(problem.message()).contains(message);
              });
    }

    @Test
    void entriesStopTheReading() {
      Read read = Read.of(zip("a", "", "b", "", "c", "", "d", ""), ArchiveFormat.ZIP, SMALL);
      assertStops(read, "", "more than 3 entries");
      TarSample tar = new TarSample().file("a", "").file("b", "").file("c", "").file("d", "x");
      assertStops(Read.of(tar.bytes(), ArchiveFormat.TAR, SMALL), "c", "more than 3 entries");
    }

    @Test
    void bytesStopTheReading() {
      Limits limits = new Limits(9, 1000, 1e9, 2, Duration.ofSeconds(9), 2000);
      Read read = Read.of(zip("a", "x", "b", "x".repeat(1000)), ArchiveFormat.ZIP, limits);
      assertStops(read, "b", "more than 1000 bytes");
      assertThat(read.files()).containsOnlyKeys("a");
    }

    @Test
    void theRatioOfTheWholeStopsABombButNotASingleEntry() {
      byte[] zeros = new byte[(int) Limits.FREE_OF_RATIO + (1 << 20)];
      ZipSample bomb = new ZipSample();
      bomb.add("bomb", zeros);
      assertStops(Read.of(bomb.bytes(), ArchiveFormat.ZIP, SMALL), "bomb", "10 times its own size");
      byte[] noise = new byte[zeros.length / 9];
      new Random(1).nextBytes(noise);
      bomb.add("noise", noise).stored();
      assertThat(Read.of(bomb.bytes(), ArchiveFormat.ZIP, SMALL).isSilent()).isTrue();
    }

    @Test
    void timeStopsTheReading() {
      AtomicLong seconds = new AtomicLong();
      Budget budget = new Budget(SMALL, () -> Instant.ofEpochSecond(seconds.get()));
      ArchiveReading reading =
          Archives.read(
              new MemoryChannel(zip("a", "1", "b", "2".repeat(2 << 20))),
              ArchiveFormat.ZIP,
              budget,
              (entry, content) -> seconds.addAndGet(7));
      assertThat(reading.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.path()).isEqualTo("b");
                assertThat(problem.message()).contains("more than 9 s");
              });
    }
  }

  @Nested
  class Failures {
    @Test
    void ofTheReaderAreAProblemOfTheEntryAndTheReadingGoesOn() {
      List<String> seen = new ArrayList<>();
      ArchiveReading reading =
          Archives.read(
              new MemoryChannel(zip("a", "1", "b", "2")),
              ArchiveFormat.ZIP,
              budget(SMALL),
              (entry, content) -> {
                seen.add(entry.path());
                throw new IOException("no");
              });
      assertThat(seen).containsExactly("a", "b");
      assertThat(reading.problems()).hasSize(2);
      assertThat(reading.problems().getFirst().path()).isEqualTo("a");
    }

    @Test
    void ofTheDiskEndTheReading() {
      for (byte[] archive : List.of(zip("a", "1"), new TarSample().file("a", "1").bytes())) {
        ArchiveReading reading =
            Archives.read(
                new MemoryChannel(archive).failingAt(archive.length - 1),
                archive[0] == 'P' ? ArchiveFormat.ZIP : ArchiveFormat.TAR,
                budget(SMALL),
                (entry, content) -> {});
        assertThat(reading.problems())
            .singleElement()
            .satisfies(problem -> assertThat(problem.message()).contains("the disk is gone"));
        assertThat(reading.findings()).isEmpty();
      }
    }

    @Test
    void areNotHiddenByAReaderThatSwallowsThem() {
      ZipSample sample = new ZipSample();
      sample.add("a", "1").crc = 1;
      ArchiveReading reading =
          Archives.read(
              new MemoryChannel(sample.bytes()),
              ArchiveFormat.ZIP,
              budget(SMALL),
              (entry, content) -> {
                try {
                  content.readAllBytes();
                } catch (IOException e) {
                  // As a careless reader would.
                }
              });
      assertThat(reading.findings()).hasSize(1);
    }
  }

  @Nested
  class Content {
    @Test
    void isCheckedWhereNobodyReadsIt() {
      ZipSample sample = new ZipSample();
      sample.add("a", "1").crc = 1;
      ArchiveReading reading =
          Archives.read(
              new MemoryChannel(sample.bytes()),
              ArchiveFormat.ZIP,
              budget(SMALL),
              (entry, content) -> {});
      assertThat(reading.findings()).hasSize(1);
    }

    @Test
    void isTheSameInSmallAndLargePieces() {
      byte[] bytes = new byte[100_000];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (i * 7 ^ i >> 5);
      }
      ZipSample sample = new ZipSample();
      sample.add("a", bytes);
      List<Byte> read = new ArrayList<>();
      ArchiveReading reading =
          Archives.read(
              new MemoryChannel(sample.bytes()),
              ArchiveFormat.ZIP,
              budget(SMALL),
              (entry, content) -> {
                byte[] piece = new byte[9000];
                for (int one = content.read(); one >= 0; one = content.read()) {
                  read.add((byte) one);
                  int count = content.readNBytes(piece, 0, 1 + read.size() % 8999);
                  for (int i = 0; i < count; i++) {
                    read.add(piece[i]);
                  }
                }
              });
      assertThat(reading.problems()).isEmpty();
      assertThat(read).hasSize(bytes.length);
      for (int i = 0; i < bytes.length; i++) {
        assertThat((byte) read.get(i)).isEqualTo(bytes[i]);
      }
    }

    @Test
    void isNotValidAfterwards() {
      List<InputStream> kept = new ArrayList<>();
      Archives.read(
          new MemoryChannel(zip("a", "1")),
          ArchiveFormat.ZIP,
          budget(SMALL),
          (entry, content) -> kept.add(content));
      assertThatThrownBy(() -> kept.getFirst().read()).isInstanceOf(IOException.class);
    }
  }

  @Nested
  class NestedArchives {
    private List<String> paths(byte[] outer, Limits limits, List<ArchiveReading> readings) {
      List<String> paths = new ArrayList<>();
      Budget budget = budget(limits);
      EntryReader reader =
          new EntryReader() {
            @Override
            public void read(ArchiveEntry entry, InputStream content) {
              paths.add(entry.path());
              ArchiveFormat.find(entry.path())
                  .ifPresent(
                      format ->
                          readings.add(Archives.readNested(entry, content, format, budget, this)));
            }
          };
      readings.add(Archives.read(new MemoryChannel(outer), ArchiveFormat.ZIP, budget, reader));
      return paths;
    }

    @Test
    void areNamedByTheWayToThem() {
      ZipSample outer = new ZipSample();
      outer.add("a/b.zip", zip("c.py", "x"));
      outer.add("d.tar", new TarSample().file("e", "x").bytes());
      List<ArchiveReading> readings = new ArrayList<>();
      Limits limits = Limits.DEFAULT;
      assertThat(paths(outer.bytes(), limits, readings))
          .containsExactly("a/b.zip", "a/b.zip!/c.py", "d.tar", "d.tar!/e");
      assertThat(readings).allMatch(reading -> reading.problems().isEmpty());
    }

    @Test
    void areNotReadDeeperThanTheLimit() {
      ZipSample middle = new ZipSample();
      middle.add("in.zip", zip("x", "x"));
      ZipSample outer = new ZipSample();
      outer.add("mid.zip", middle.bytes());
      List<ArchiveReading> readings = new ArrayList<>();
      assertThat(paths(outer.bytes(), SMALL, readings))
          .containsExactly("mid.zip", "mid.zip!/in.zip");
      assertThat(readings.getFirst().problems().getFirst().path()).isEqualTo("mid.zip!/in.zip");
    }

    @Test
    void areNotHeldInMemoryWhereTheyAreTooLarge() {
      ZipSample outer = new ZipSample();
      outer.add("a.zip", new byte[3000]);
      List<ArchiveReading> readings = new ArrayList<>();
      paths(outer.bytes(), SMALL, readings);
      assertThat(readings.getFirst().problems()).hasSize(1);
    }
  }

  @Test
  void formatsAreKnownByNameAndByTheirFirstBytes() throws IOException {
    assertThat(ArchiveFormat.find("A-1-py3-none-any.WHL")).contains(ArchiveFormat.ZIP);
    assertThat(ArchiveFormat.find("a-1.tar.gz")).contains(ArchiveFormat.TAR_GZ);
    assertThat(ArchiveFormat.find("a.exe")).isEmpty();
    byte[] tar = new TarSample().file("a", "1").bytes();
    assertThat(ArchiveFormat.sniff(tar)).contains(ArchiveFormat.TAR);
    assertThat(ArchiveFormat.sniff(TarReadingTest.gzip(tar))).contains(ArchiveFormat.TAR_GZ);
    assertThat(ArchiveFormat.sniff(zip("a", "1"))).contains(ArchiveFormat.ZIP);
    assertThat(ArchiveFormat.sniff(zip())).contains(ArchiveFormat.ZIP);
    assertThat(ArchiveFormat.sniff("PKzip".getBytes(UTF_8))).isEmpty();
    assertThat(ArchiveFormat.sniff(new byte[0])).isEmpty();
  }

  @Test
  void anArchiveOfNothingButFaultsIsToldInShort() {
    ZipSample sample = new ZipSample();
    for (int i = 0; i < 500; i++) {
      sample.add("../" + i, "x").crc = 1;
    }
    ArchiveReading reading = Read.of(sample.bytes(), ArchiveFormat.ZIP).reading();
    assertThat(reading.findings()).hasSizeLessThan(110);
    assertThat(reading.problems()).hasSizeLessThan(60);
    assertThat(reading.findings().getLast().message()).contains("450 more");
  }
}
