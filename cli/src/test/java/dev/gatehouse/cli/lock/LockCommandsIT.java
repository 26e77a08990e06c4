package dev.gatehouse.cli.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Commands;
import dev.gatehouse.cli.terminal.Confirmation;
import dev.gatehouse.cli.vetting.DecideCommand;
import dev.gatehouse.index.IndexServer;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.Gate;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.samples.incident.Reenactments;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code approve --lock} and {@code export --lock} against a running index. */
class LockCommandsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");
  private static final SampleArtifact YOUNG = WheelBuilder.wheel("young", "1.0").build();
  private static final SampleArtifact OLD =
      WheelBuilder.wheel("old", "1.0").requiresPython(">=3.1").build();
  private static final SampleArtifact OTHER = WheelBuilder.wheel("other", "1.0").build();

  @TempDir private Path folder;
  private final FakeIndex upstream = FakeIndex.start();
  private IndexServer server;

  @BeforeEach
  void start() throws Exception {
    upstream.publish(YOUNG, offer -> offer.uploaded(Instant.now().minus(Duration.ofDays(1))));
    VettingRules oneApprover =
        new VettingRules(Duration.ofDays(7), List.of(), null, 1, true, null, Duration.ofDays(3));
    server =
        IndexServer.start(
            new IndexSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                null,
                List.of(),
                folder.resolve("data"),
                AnonymousReading.LOOPBACK),
            new Policy(Mode.VETTED, List.of(), List.of(), List.of(), oneApprover),
            new VettingSettings(AdvisorySettings.BUILT_IN, VettingSettings.KEEP_DOWNLOADS, "test"),
            List.of(new UpstreamSettings("up", upstream.uri(), null, List.of(), List.of())),
            OutboundSettings.direct(),
            _ -> {
              throw new IllegalArgumentException("this index reads no policy");
            },
            Clock.systemUTC());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    upstream.close();
  }

  /** What a command printed and ended with. */
  private record Run(int exitCode, String output) {}

  private Run run(Confirmation.Answer answer, String... arguments) {
    CommandLine line = Commands.of(Map.of());
    // The approval that the program has asks on a terminal, of which a test has none.
    line.getCommandSpec().removeSubcommand("approve");
    line.addSubcommand(new DecideCommand.Approve(Map.of(), _ -> answer));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + folder.resolve("data"));
    StringWriter output = new StringWriter();
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(output, true));
    line.setExecutionExceptionHandler(line.getExecutionExceptionHandler());
    return new Run(line.execute(all.toArray(String[]::new)), output.toString());
  }

  private String lock(String text) throws IOException {
    return Files.writeString(folder.resolve("requirements.txt"), text).toString();
  }

  private List<String> decided() {
    String log = run(Confirmation.Answer.NOBODY, "audit-log", "list").output();
    return log.lines().toList();
  }

  @Test
  void approvesWhatAPersonConfirmed() throws IOException {
    String lock = lock("young==1.0 --hash=sha256:" + YOUNG.sha256().hex() + "\n");

    Run run = run(Confirmation.Answer.YES, "approve", "--lock", lock, "--reason", "what we run");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("young-1.0-py3-none-any.whl  hold: published 1 day ago")
        .endsWith("Approved 1 file of 1 version.\n");
    assertThat(decided())
        .singleElement()
        .asString()
        .contains(
            "local-administrator  approve  young==1.0  what we run; sha256 " + YOUNG.sha256());
  }

  @Test
  void approvesNothingWhereAPersonDeclinesOrThereIsNone() throws IOException {
    String lock = lock("young==1.0\n");

    Run declined = run(Confirmation.Answer.NO, "approve", "--lock", lock, "--reason", "x");
    Run alone = run(Confirmation.Answer.NOBODY, "approve", "--lock", lock, "--reason", "x");

    assertThat(declined.exitCode()).isEqualTo(1);
    assertThat(declined.output()).endsWith("Nothing was approved.\n");
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.output()).contains("there is no terminal to ask on");
    assertThat(decided()).isEmpty();

    Run script =
        run(Confirmation.Answer.NOBODY, "approve", "--lock", lock, "--reason", "x", "--yes");
    assertThat(script.exitCode()).as(script.output()).isZero();
    assertThat(decided()).hasSize(1);
  }

  @Test
  void approvesNothingOfALockThatNamesOtherBytes() throws IOException {
    String lock = lock("young==1.0 --hash=sha256:" + "a".repeat(64) + "\n");

    Run run = run(Confirmation.Answer.YES, "approve", "--lock", lock, "--reason", "x", "--yes");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output())
        .contains("young==1.0: none of its files has a hash that the lock names")
        .endsWith("There is nothing to approve.\n");
    assertThat(decided()).isEmpty();
  }

  @Test
  void approvesNothingOfABrokenLock() throws IOException {
    String lock = lock("young==1.0\nother=2\n");

    Run run = run(Confirmation.Answer.YES, "approve", "--lock", lock, "--reason", "x", "--yes");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).startsWith("Could not read the lock: ").contains(":2:1: ");
    assertThat(decided()).isEmpty();
  }

  @Test
  void exportsWhatIsAdmittedAndSaysWhatIsNot() throws IOException {
    publishOld();
    String lock = lock("young==1.0\nold==1.0\n");

    Run run = export(lock, "out");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .contains("young-1.0-py3-none-any.whl  hold: published 1 day ago")
        .contains("Wrote 1 file to " + folder.resolve("out"));
    Path out = folder.resolve("out");
    assertThat(out.resolve("old").resolve(OLD.filename())).hasBinaryContent(OLD.bytes());
    assertThat(out.resolve("old/index.html"))
        .content()
        .contains(OLD.filename() + "#sha256=" + OLD.sha256().hex())
        .contains("data-requires-python=\"&gt;=3.1\"");
    assertThat(out.resolve("young")).doesNotExist();
    JsonNode verdicts = JSON.readTree(Files.readString(out.resolve("verdicts.json")));
    assertThat(verdicts.path("schema").asString("")).isEqualTo("gatehouse-verdicts/1");
    assertThat(verdicts.path("files").path(0).path("verdict").asString("")).isEqualTo("admit");
    assertThat(verdicts.path("left-out").path(0).path("file").asString(""))
        .isEqualTo(YOUNG.filename());
    assertThat(names()).containsExactlyInAnyOrder("data", "out", "requirements.txt");
  }

  @Test
  void anEarlierExportIsReplacedAndWhatWasRecalledSinceIsGone() throws IOException {
    publishOld();
    upstream.publish(OTHER, offer -> offer.uploaded(LONG_AGO));
    String lock = lock("old==1.0\nother==1.0\n");
    assertThat(export(lock, "out").exitCode()).isZero();
    run(Confirmation.Answer.NOBODY, "recall", "old==1.0", "--reason", "MAL-1");

    assertThat(export(lock, "out").exitCode()).isEqualTo(1);

    assertThat(folder.resolve("out/old")).doesNotExist();
    assertThat(folder.resolve("out/other").resolve(OTHER.filename())).exists();
    assertThat(names()).containsExactlyInAnyOrder("data", "out", "requirements.txt");
  }

  @Test
  void whatIsRefusedOnceItIsInspectedIsNotInIt() throws IOException {
    SampleArtifact attack =
        Reenactments.all().stream()
            .filter(one -> one.toString().contains("litellm 1.82.8"))
            .findFirst()
            .orElseThrow()
            .wheel();
    upstream.publish(attack, offer -> offer.uploaded(LONG_AGO));

    Run run = export(lock("%s==%s\n".formatted(attack.project(), attack.version())), "out");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains(attack.filename() + "  refuse: ");
    assertThat(namesIn(folder.resolve("out"))).containsExactly("verdicts.json");
  }

  @Test
  void whatIsTakenBackWhileItRunsIsNotInIt() throws Exception {
    publishOld();
    upstream.publish(OTHER, offer -> offer.uploaded(LONG_AGO));
    Gate other = upstream.on(FakeIndex.fileOf(OTHER)).hangs();
    String lock = lock("old==1.0\nother==1.0\n");
    CompletableFuture<Run> running = CompletableFuture.supplyAsync(() -> export(lock, "out"));
    upstream.awaitRequests(FakeIndex.fileOf(OTHER), 1);

    run(Confirmation.Answer.NOBODY, "refuse", "old==1.0", "--reason", "MAL-1");
    other.release();

    Run run = running.get(1, TimeUnit.MINUTES);
    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output())
        .contains(OLD.filename() + "  refuse: refused by local-administrator: MAL-1");
    assertThat(folder.resolve("out/other").resolve(OTHER.filename())).exists();
    assertThat(folder.resolve("out/old")).doesNotExist();
  }

  @Test
  void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
    publishOld();
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("verdicts.json"), "{\"schema\": \"other/1\"}");
    Files.writeString(folder.resolve("file"), "x");

    assertThat(export(lock("old==1.0\n"), "out").exitCode()).isEqualTo(2);
    assertThat(export(lock("old==1.0\n"), "file").exitCode()).isEqualTo(2);
    Run nowhere = export(lock("old==1.0\n"), "missing/out");

    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.output()).contains("is not there");
    assertThat(out.resolve("verdicts.json")).content().contains("other/1");
    assertThat(names()).containsExactlyInAnyOrder("data", "out", "file", "requirements.txt");
  }

  @Test
  void whatCannotBeHadIsNotCoveredAndTheRestIsWritten() throws IOException {
    publishOld();
    upstream.publish(OTHER, offer -> offer.uploaded(LONG_AGO));
    upstream.on(FakeIndex.fileOf(OTHER)).answers(500);

    Run run = export(lock("old==1.0\nother==1.0\nnosuch==1.0\n"), "out");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .contains("nosuch==1.0: no upstream of this index has the project")
        .contains("Not covered:\n  other-1.0-py3-none-any.whl: Could not ");
    assertThat(folder.resolve("out/old")).exists();
    assertThat(folder.resolve("out/other")).doesNotExist();
  }

  @Test
  void aRunThatFailsLeavesWhatWasThere() throws IOException {
    publishOld();
    assertThat(export(lock("old==1.0\n"), "out").exitCode()).isZero();
    String before = Files.readString(folder.resolve("out/verdicts.json"));
    server.close();

    Run run = export(lock("old==1.0\n"), "out");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(folder.resolve("out/verdicts.json")).hasContent(before);
    assertThat(names()).containsExactlyInAnyOrder("data", "out", "requirements.txt");
  }

  private void publishOld() {
    upstream.publish(OLD, offer -> offer.uploaded(LONG_AGO));
  }

  private Run export(String lock, String into) {
    return run(
        Confirmation.Answer.NOBODY, "export", "--lock", lock, folder.resolve(into).toString());
  }

  private List<String> names() throws IOException {
    return namesIn(folder);
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
