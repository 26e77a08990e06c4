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
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code approve --lock} against a running index. */
class LockCommandsIT {
  private static final SampleArtifact YOUNG = WheelBuilder.wheel("young", "1.0").build();

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
    CommandLine commands = Commands.of(Map.of());
    CommandLine line =
        arguments[0].equals("approve")
            ? new CommandLine(new DecideCommand.Approve(Map.of(), _ -> answer))
                .setExecutionExceptionHandler(commands.getExecutionExceptionHandler())
            : commands;
    List<String> all = new ArrayList<>(List.of(arguments));
    if (line != commands) {
      all.removeFirst();
    }
    all.add("--data=" + folder.resolve("data"));
    StringWriter output = new StringWriter();
    line.setOut(new PrintWriter(output, true));
    line.setErr(new PrintWriter(output, true));
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
}
