package dev.gatehouse.vetting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.audit.AuditChain;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.exposure.Distribution;
import dev.gatehouse.vetting.exposure.Download;
import dev.gatehouse.vetting.exposure.Exposure;
import dev.gatehouse.vetting.exposure.Inventory;
import dev.gatehouse.vetting.policy.Decision;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.Reason;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.policy.VettingRules;
import dev.gatehouse.vetting.record.Decisions;
import dev.gatehouse.vetting.record.Verdicts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vetting over a real store. */
class VettingIT {
  private static final UUID CI = new UUID(1, 2);
  private static final ProjectName DEMO = ProjectName.parse("demo");
  private static final Version ONE = Version.parse("1.0");
  private static final Instant NOW = Instant.parse("2026-03-24T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path folder;
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);
  private @Nullable SqliteDatabase database;
  private @Nullable Outbound outbound;
  private @Nullable Vetting vetting;

  @BeforeEach
  void open() {
    reopen(AdvisorySettings.BUILT_IN);
  }

  @AfterEach
  void close() throws IOException {
    if (vetting != null && database != null && outbound != null) {
      vetting.close();
      database.close();
      outbound.close();
    }
  }

  @AfterEach
  void end() {
    background.shutdownNow();
  }

  private Vetting reopen(AdvisorySettings advisories) {
    try {
      close();
      SqliteDatabase opened = SqliteDatabase.open(folder.resolve("gatehouse.db"));
      Outbound way = new Outbound(OutboundSettings.direct());
      database = opened;
      outbound = way;
      Vetting made =
          Vetting.open(
              opened,
              new VettingSettings(advisories, VettingSettings.KEEP_DOWNLOADS, "test"),
              new Policy(Mode.VETTED, List.of(), List.of(), List.of(), VettingRules.DEFAULT),
              way,
              folder.resolve("advisories"),
              CLOCK,
              background);
      vetting = made;
      return made;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Vetting vetting() {
    return java.util.Objects.requireNonNull(vetting);
  }

  private static ArtifactName wheel(String version) {
    return ArtifactName.parse("demo-" + version + "-py3-none-any.whl", DEMO);
  }

  private static byte[] wheelBytes(String version, String path, String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String folder = "demo-" + version + ".dist-info/";
    String metadata = "Metadata-Version: 2.1\nName: demo\nVersion: " + version + "\n";
    String tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, path, content);
      put(zip, folder + "METADATA", metadata);
      put(zip, folder + "WHEEL", tags);
      StringBuilder record = new StringBuilder();
      List.of(path, folder + "METADATA", folder + "WHEEL")
          .forEach(
              name -> {
                String text =
                    name.equals(path) ? content : name.endsWith("WHEEL") ? tags : metadata;
                record.append(name).append(",sha256=").append(base64(text)).append(',');
                record.append(text.length()).append('\n');
              });
      record.append(folder).append("RECORD,,\n");
      put(zip, folder + "RECORD", record.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String base64(String text) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            java.util.HexFormat.of()
                .parseHex(Sha256.digest(text.getBytes(StandardCharsets.UTF_8)).hex()));
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private Verdict vet(String version, byte[] bytes) throws InterruptedException {
    return vetting().vet(facts(version, bytes), new SeekableInMemoryByteChannel(bytes), null);
  }

  private static FileFacts facts(String version, byte[] bytes) {
    return new FileFacts(wheel(version), Sha256.digest(bytes), null, null, null);
  }

  @Test
  void aVerdictOutlivesTheProcess() throws InterruptedException {
    byte[] good = wheelBytes("1.0", "demo/__init__.py", "X = 1\n");
    Verdict verdict = vet("1.0", good);

    assertThat(verdict.reasons())
        .containsExactly(new Reason("vetted", "nothing speaks against it"));

    Vetting again = reopen(AdvisorySettings.BUILT_IN);
    assertThat(again.standing(DEMO).judge(facts("1.0", good), NOW).word()).isEqualTo("admit");
    assertThat(again.verdicts().of(DEMO, ONE).stream().map(Verdicts.Given::word))
        .containsExactly("admit");
  }

  @Test
  void whatRunsWhenPythonStartsIsNotAdmitted() throws InterruptedException {
    byte[] bad = wheelBytes("1.0", "demo_init.pth", "import os; os.system('true')\n");
    Verdict verdict = vet("1.0", bad);

    assertThat(verdict.admitted()).isFalse();
    assertThat(verdict.reason().text()).contains("demo_init.pth");
  }

  @Test
  void aFileThatBeginsToTalkToOtherMachinesIsHeldUntilSomeoneLooked() throws InterruptedException {
    assertThat(vet("1.0", wheelBytes("1.0", "demo/a.py", "def f():\n    pass\n")).admitted())
        .isTrue();
    String connecting = "import socket\ndef f():\n    socket.create_connection(('a.example', 1))\n";

    Verdict verdict = vet("1.1", wheelBytes("1.1", "demo/a.py", connecting));

    assertThat(verdict.word()).isEqualTo("hold");
    assertThat(verdict.reason().text()).contains("its demo/a.py talks to other machines");
  }

  @Test
  void whatAlwaysTalkedToOtherMachinesIsNoDrift() throws InterruptedException {
    String connecting = "import socket\ndef f():\n    socket.create_connection(('a.example', 1))\n";

    assertThat(vet("1.0", wheelBytes("1.0", "demo/a.py", connecting)).admitted()).isTrue();
    assertThat(vet("1.1", wheelBytes("1.1", "demo/a.py", connecting)).admitted()).isTrue();
  }

  @Test
  void otherBytesUnderTheNameAreNotCoveredByAnInspection() throws InterruptedException {
    vet("1.0", wheelBytes("1.0", "demo/__init__.py", "X = 1\n"));
    byte[] others = wheelBytes("1.0", "demo/__init__.py", "X = 2\n");

    assertThat(vetting().standing(DEMO).judge(facts("1.0", others), NOW).word())
        .isEqualTo("pending");
  }

  @Test
  void aDecisionAndItsEntryInTheLogAreBothThere() {
    Sha256 bytes = Sha256.parse("a".repeat(64));
    vetting()
        .decisions()
        .decide(
            new Decisions.Draft(Decision.Kind.APPROVE, DEMO, ONE, "ann", "read it", null),
            List.of(bytes));
    vetting().decisions().withdraw(Decision.Kind.APPROVE, DEMO, ONE, "bob", "not so sure");

    assertThat(vetting().decisions().of(DEMO)).isEmpty();
    var entries = vetting().log().entries(0, 100);
    assertThat(entries.stream().map(entry -> entry.actor() + " " + entry.action()))
        .containsExactly("ann approve", "bob withdraw-approve");
    assertThat(entries.getFirst().detail()).isEqualTo("read it; sha256 " + bytes);
    AuditChain chain = new AuditChain(null);
    entries.forEach(chain::take);
    assertThat(chain.fault()).isEmpty();
  }

  @Test
  void sameClientsDownloadsAreOneRowWithBothTimes() {
    Sha256 bytes = Sha256.parse("a".repeat(64));
    for (int minute : List.of(3, 1, 2)) {
      vetting()
          .downloads()
          .record(
              new Download(
                  wheel("1.0"),
                  bytes,
                  "ci",
                  CI,
                  "127.0.0.1",
                  "pip/26",
                  Download.Outcome.RECEIVED,
                  NOW.plus(Duration.ofMinutes(minute))));
    }

    Exposure exposure = vetting().exposure(DEMO, ONE);

    assertThat(exposure.received())
        .containsExactly(
            new Exposure.Receipt(
                wheel("1.0").filename(),
                bytes,
                "ci",
                CI,
                "127.0.0.1",
                "pip/26",
                "received",
                NOW.plus(Duration.ofMinutes(1)),
                NOW.plus(Duration.ofMinutes(3)),
                3));
  }

  @Test
  void eachProjectThatWasAskedForIsToldOnce() {
    assertThat(vetting().downloads().askedProjects()).isEmpty();
    for (String file : List.of("b-1.0.tar.gz", "a-1.0.tar.gz", "b-2.0.tar.gz")) {
      ProjectName project = ProjectName.parse(file.substring(0, 1));
      for (Download.Outcome outcome : Download.Outcome.values()) {
        vetting()
            .downloads()
            .record(
                new Download(
                    ArtifactName.parse(file, project),
                    Sha256.parse("a".repeat(64)),
                    "",
                    null,
                    "127.0.0.1",
                    "pip/26",
                    outcome,
                    NOW));
      }
    }

    assertThat(vetting().downloads().askedProjects())
        .containsExactly(ProjectName.parse("a"), ProjectName.parse("b"));
  }

  private static Inventory inventory(boolean complete, String path, Version... versions) {
    return inventory(complete, true, path, versions);
  }

  private static Inventory inventory(
      boolean complete, boolean whole, String path, Version... versions) {
    return new Inventory(
        "ci",
        "build-7",
        NOW,
        complete,
        List.of(
            new Inventory.Environment(
                path,
                whole,
                Stream.of(versions).map(one -> new Distribution(DEMO, one)).toList())));
  }

  private List<String> environmentsWithOne() {
    return vetting().exposure(DEMO, ONE).installed().stream()
        .map(Exposure.Installation::environment)
        .toList();
  }

  @Test
  void anInventoryReplacesWhatWasToldOfTheSameEnvironment() {
    Version two = Version.parse("2.0");
    vetting().installations().take(inventory(false, "/venv/a", ONE, two));
    vetting().installations().take(inventory(false, "/venv/b", ONE));
    assertThat(environmentsWithOne()).containsExactly("/venv/a", "/venv/b");

    vetting().installations().take(inventory(false, "/venv/a", two));

    assertThat(environmentsWithOne()).containsExactly("/venv/b");
    assertThat(vetting().exposure(DEMO, two).installed()).hasSize(1);
  }

  @Test
  void aCompleteInventoryForgetsEnvironmentsThatAreGone() {
    vetting().installations().take(inventory(false, "/venv/a", ONE));

    vetting().installations().take(inventory(true, "/venv/b", ONE));

    assertThat(environmentsWithOne()).containsExactly("/venv/b");
  }

  @Test
  void anEnvironmentThatWasNotReadWhollyLosesNothing() {
    Version two = Version.parse("2.0");
    vetting().installations().take(inventory(false, "/venv/a", ONE));

    vetting().installations().take(inventory(true, false, "/venv/a", two));

    assertThat(environmentsWithOne()).containsExactly("/venv/a");
    assertThat(vetting().exposure(DEMO, two).installed()).hasSize(1);
  }

  @Test
  void oldInventoriesAreForgotten() {
    vetting().installations().take(inventory(false, "/venv/a", ONE));

    vetting().installations().forgetBefore(NOW);
    assertThat(environmentsWithOne()).containsExactly("/venv/a");
    vetting().installations().forgetBefore(NOW.plusMillis(1));
    assertThat(environmentsWithOne()).isEmpty();
  }

  @Test
  void malwareThatBecomesKnownRecallsWhatWasServed() throws IOException {
    vetting()
        .downloads()
        .record(
            new Download(
                wheel("1.0"),
                Sha256.parse("a".repeat(64)),
                "ci",
                null,
                "127.0.0.1",
                "pip/26",
                Download.Outcome.RECEIVED,
                NOW));
    Path feed = folder.resolve("feed.json");
    Files.writeString(
        feed,
        """
        {"id": "MAL-2026-1", "modified": "2026-03-24T11:00:00Z", "summary": "steals",
         "affected": [{"package": {"ecosystem": "PyPI", "name": "demo"}, "versions": ["1.0"]}]}
        """);
    List<Decision> recalled = new ArrayList<>();

    reopen(new AdvisorySettings(feed.toString(), Duration.ofHours(1), true)).start(recalled::add);

    assertThat(recalled.stream().map(Decision::reason)).containsExactly("MAL-2026-1: steals");
    assertThat(vetting().decisions().of(DEMO).stream().map(Decision::kind))
        .containsExactly(Decision.Kind.RECALL);
  }

  @Test
  void staleAdvisoriesHoldWhatBecamePublicAfterThemOrShortlyBefore() throws IOException {
    Path feed = folder.resolve("feed.json");
    Files.writeString(
        feed,
        """
        {"id": "PYSEC-2025-1", "modified": "2026-02-01T00:00:00Z", "summary": "weak",
         "affected": [{"package": {"ecosystem": "PyPI", "name": "other"}, "versions": ["1.0"]}]}
        """);
    reopen(new AdvisorySettings(feed.toString(), Duration.ofHours(1), true));

    assertThat(published("2025-06-01T00:00:00Z")).isEqualTo("pending");
    assertThat(published("2026-01-25T00:00:00Z")).isEqualTo("pending");
    assertThat(published("2026-01-25T00:00:01Z")).isEqualTo("hold");
    assertThat(published("2026-03-01T00:00:00Z")).isEqualTo("hold");
    assertThat(vetting().standing(DEMO).judge(facts("1.0", new byte[] {1}), NOW).word())
        .isEqualTo("hold");
  }

  private String published(String time) {
    FileFacts facts =
        new FileFacts(wheel("1.0"), Sha256.digest(new byte[] {1}), null, Instant.parse(time), null);
    return vetting().standing(DEMO).judge(facts, NOW).word();
  }

  @Test
  void advisoriesThatCannotBeReadHoldEverything() {
    Vetting without =
        reopen(
            new AdvisorySettings(
                folder.resolve("nothing.zip").toString(), Duration.ofHours(1), true));
    byte[] bytes = {1};

    assertThat(without.standing(DEMO).judge(facts("1.0", bytes), NOW).reason().code())
        .isEqualTo("advisories-stale");
  }
}
