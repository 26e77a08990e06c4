package dev.gatehouse.vetting.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file of advisories that changes while the server runs. */
class AdvisoryWatchTest {
  private static final ProjectName BAD = ProjectName.parse("bad");
  private static final Version ONE = Version.parse("1.0");
  private static final Instant WRITTEN = Instant.parse("2026-03-24T11:00:00Z");
  private static final Duration REFRESH = Duration.ofHours(1);

  /** What a broken or hostile source may hold. */
  enum Broken {
    NOTHING,
    GARBAGE,
    CUT_LIST,
    CUT_ARCHIVE,
    FOREIGN
  }

  @TempDir private Path folder;
  private final Ticks ticks = new Ticks();
  private final Outbound outbound = new Outbound(OutboundSettings.direct());
  private final Recorder log = new Recorder();
  private final Logger logger = Logger.getLogger(AdvisoryWatch.class.getName());
  private final List<Known> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-24T12:00:00Z");
  private AdvisoryWatch watch;

  @BeforeEach
  void open() throws IOException {
    logger.setUseParentHandlers(false);
    logger.addHandler(log);
    write(list().getBytes(UTF_8));
    watch =
        AdvisoryWatch.open(
            new AdvisorySettings(source().toString(), REFRESH, false),
            Duration.ofDays(3),
            outbound,
            folder.resolve("remembered"),
            () -> now);
    watch.start(ticks, told::add);
    log.lines.clear();
  }

  @AfterEach
  void close() throws IOException {
    watch.close();
    ticks.shutdownNow();
    outbound.close();
    logger.removeHandler(log);
    logger.setUseParentHandlers(true);
  }

  private Path source() {
    return folder.resolve("osv");
  }

  private void write(byte[] content) throws IOException {
    Files.write(source(), content);
  }

  private static String list() {
    return "[" + record("MAL-1", "bad") + ",\n" + record("MAL-2", "worse") + "]";
  }

  private static String record(String id, String project) {
    return """
    {"id": "%s", "modified": "%s",
     "affected": [{"package": {"ecosystem": "PyPI", "name": "%s"}, "versions": ["1.0"]}]}"""
        .formatted(id, WRITTEN, project);
  }

  private static byte[] content(Broken broken) throws IOException {
    return switch (broken) {
      case NOTHING -> new byte[0];
      case GARBAGE -> "\u0000\u0001{{{".getBytes(UTF_8);
      case CUT_LIST -> Arrays.copyOf(list().getBytes(UTF_8), list().length() - 30);
      case CUT_ARCHIVE -> {
        byte[] whole = archive(record("MAL-1", "bad"));
        yield Arrays.copyOf(whole, whole.length / 2);
      }
      case FOREIGN -> "{\"id\": \"X\", \"affected\": []}".getBytes(UTF_8);
    };
  }

  private static byte[] archive(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.json"));
      zip.write(text.getBytes(UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private boolean isRefused(Version version) {
    return watch.known().bad().malware(BAD, version).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsBrokenLeavesTheLastGoodStateInForceAndIsTold(Broken broken) throws IOException {
    write(content(broken));
    now = now.plus(REFRESH);
    ticks.tick();

    assertThat(isRefused(ONE)).isTrue();
    assertThat(watch.known().records()).isEqualTo(2);
    assertThat(watch.known().asOf()).isEqualTo(WRITTEN);
    assertThat(told).isEmpty();
    assertThat(log.lines)
        .singleElement()
        .asString()
        .startsWith("WARNING Could not read the advisories of " + source() + ": ")
        .endsWith(" Those of 2026-03-24T11:00:00Z stay in force.");
  }

  @Test
  void whatStaysBrokenGrowsStaleAndHoldsFiles() throws IOException {
    write(content(Broken.GARBAGE));
    now = now.plus(Duration.ofDays(4));
    ticks.tick();

    assertThat(watch.known().stale()).startsWith("the advisories are of 2026-03-24T11:00:00Z");
    assertThat(told).hasSize(1);
    assertThat(isRefused(ONE)).isTrue();
  }

  @Test
  void whatIsMendedTakesEffect() throws IOException {
    write(content(Broken.CUT_ARCHIVE));
    now = now.plus(REFRESH);
    ticks.tick();
    write(list().replace("\"1.0\"", "\"2.0\"").replace("T11:00", "T11:30").getBytes(UTF_8));
    now = now.plus(REFRESH);
    ticks.tick();

    assertThat(isRefused(Version.parse("2.0"))).isTrue();
    assertThat(isRefused(ONE)).isFalse();
  }

  /** Ticks when the test says so. */
  private static final class Ticks extends ScheduledThreadPoolExecutor {
    private Runnable tick = () -> {};

    Ticks() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable command, long initialDelay, long delay, TimeUnit unit) {
      tick = command;
      return schedule(() -> {}, 0, unit);
    }

    void tick() {
      tick.run();
    }
  }

  private static final class Recorder extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();
    final List<String> lines = new ArrayList<>();

    @Override
    public void publish(@Nullable LogRecord entry) {
      if (entry != null) {
        lines.add(entry.getLevel().getName() + " " + formatter.formatMessage(entry));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
