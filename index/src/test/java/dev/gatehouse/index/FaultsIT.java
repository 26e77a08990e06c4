package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.samples.Drip;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.Gate;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.store.StoreInvariants;
import dev.gatehouse.vetting.policy.AllowRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upstream that fails, stalls or lies: what is known stays usable, and nothing wrong is ever
 * kept.
 */
class FaultsIT {
  private static final SampleArtifact SMALL = WheelBuilder.wheel("demo", "1.0").build();
  private static final SampleArtifact LARGE =
      WheelBuilder.wheel("demo", "2.0").padding(2_000_000).build();
  private static final String PAGE = "/simple/demo/";

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(SMALL).publish(LARGE);
    index = RunningIndex.in(data).upstream(upstream.uri()).start();
  }

  @AfterEach
  void leavesNothingBehind() throws IOException {
    index.close();
    upstream.close();
    StoreInvariants.assertNothingIsStaged(data.resolve("staging"));
  }

  private static String at(SampleArtifact artifact) {
    return "/files/demo/" + artifact.filename();
  }

  /** How many blobs are visible. */
  private long blobs() {
    try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String code(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8).replaceAll(".*\"code\":\"([^\"]*)\".*", "$1");
  }

  private void assertProblem(HttpResponse<byte[]> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(code(answer)).isEqualTo(code);
  }

  @Nested
  class APage {
    @Test
    void ofAnUpstreamThatRefusesIsUnavailable() {
      upstream.goesDown();

      assertProblem(index.get(PAGE), 502, "upstream-refused");
    }

    @Test
    void thatHangsIsServedAsItWasKnown() {
      index.get(PAGE);
      index.later(Duration.ofHours(1));
      Gate gate = upstream.on(FakeIndex.pageOf("demo")).hangs();
      HttpResponse<byte[]> page = index.get(PAGE);
      gate.release();

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Cache-Status").orElse(""))
          .isEqualTo("gatehouse; hit; fwd=stale; detail=upstream-timeout");
    }

    @Test
    void thatIsTruncatedIsServedAsItWasKnown() {
      index.get(PAGE);
      index.later(Duration.ofHours(1));
      upstream.publish(WheelBuilder.wheel("demo", "3.0").build());
      upstream.on(FakeIndex.pageOf("demo")).truncatesAfter(100);

      assertThat(index.text(PAGE)).contains(SMALL.filename()).doesNotContain("demo-3.0");
    }

    @Test
    void ofTheWrongTypeIsNotTakenForAnAbsentProject() {
      upstream
          .on(FakeIndex.pageOf("demo"))
          .answers(200, "text/plain", "no such project".getBytes(UTF_8));

      assertProblem(index.get(PAGE), 502, "upstream-malformed");
    }

    @Test
    void ofTheWrongTypeIsServedAsItWasKnown() {
      index.get(PAGE);
      index.later(Duration.ofHours(1));
      upstream.on(FakeIndex.pageOf("demo")).answers(200, "image/png", new byte[100]);

      assertThat(index.text(PAGE)).contains(SMALL.filename());
    }

    @Test
    void thatIsForbiddenIsNotTakenForAnAbsentProject() {
      upstream.on(FakeIndex.pageOf("demo")).answers(403);

      assertProblem(index.get(PAGE), 502, "upstream-credentials");
    }

    @Test
    void ofFiftyMegabytesIsServed() {
      upstream.on(FakeIndex.pageOf("demo")).isLargerBy(50_000_000);

      assertThat(index.text(PAGE)).contains(SMALL.filename());
    }

    @Test
    void thatUnpacksToMoreThanAnyPageIsRefused() {
      upstream.on(FakeIndex.pageOf("demo")).sendsGzipBomb(1L << 30);

      assertProblem(index.get(PAGE), 502, "upstream-too-large");
      assertThat(index.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void thatRedirectsInALoopIsUnavailable() {
      upstream.on(FakeIndex.pageOf("demo")).redirectsTo(upstream.at(FakeIndex.pageOf("demo")));

      assertProblem(index.get(PAGE), 502, "upstream-redirect");
    }

    @Test
    void thatRedirectsToAnotherPlaceInsideIsRefusedWithoutAskingThere() {
      try (FakeIndex inside = FakeIndex.start()) {
        upstream.on(FakeIndex.pageOf("demo")).redirectsTo(inside.at(FakeIndex.pageOf("demo")));

        assertProblem(index.get(PAGE), 502, "upstream-address");
        assertThat(inside.requests()).isEmpty();
      }
    }

    @Test
    void whoseHeaderNeverEndsIsRefused() {
      upstream.on(FakeIndex.pageOf("demo")).sendsEndlessHeader();

      assertThat(index.get(PAGE).statusCode()).isEqualTo(502);
    }
  }

  @Nested
  class AFile {
    @Test
    void withWrongBytesIsRefusedWithTheReasonAndNotKept() {
      upstream.on(FakeIndex.fileOf(SMALL)).sendsWrongBytes();

      assertProblem(index.get(at(SMALL)), 403, "artifact-mismatch");
      assertThat(index.statusLine(at(SMALL)))
          .startsWith("HTTP/1.1 403 Gatehouse refuses it: could not verify demo-1.0")
          .contains("sha256");
      assertThat(blobs()).isZero();
      assertThat(index.metric("gatehouse_upstream_files_total")).contains("mismatch");
    }

    @Test
    void withWrongBytesIsNeverWholeForItsClient() {
      upstream.on(FakeIndex.fileOf(LARGE)).sendsWrongBytes();
      String got = index.raw("GET " + at(LARGE) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

      int head = got.indexOf("\r\n\r\n") + 4;
      assertThat(got).startsWith("HTTP/1.1 200 ");
      assertThat(got.length() - head).isLessThanOrEqualTo((int) LARGE.size() - 64 * 1024);
      assertThat(blobs()).isZero();
    }

    @Test
    void thatWasWrongOnceArrivesTheNextTime() {
      upstream.on(FakeIndex.fileOf(SMALL)).sendsWrongBytes().times(1);
      index.get(at(SMALL));

      assertThat(index.get(at(SMALL)).body()).isEqualTo(SMALL.bytes());
    }

    @Test
    void thatBreaksOffIsFetchedAnew() {
      upstream.on(FakeIndex.fileOf(LARGE)).truncatesAfter(500_000).times(1);
      assertThatThrownBy(() -> index.get(at(LARGE))).isInstanceOf(UncheckedIOException.class);
      assertThat(blobs()).isZero();

      assertThat(index.get(at(LARGE)).body()).isEqualTo(LARGE.bytes());
    }

    @Test
    void thatIsShorterThanDeclaredIsNotKept() {
      upstream.on(FakeIndex.fileOf(SMALL)).declaresLength(SMALL.size() + 10);

      assertThat(index.get(at(SMALL)).statusCode()).isIn(403, 502);
      assertThat(blobs()).isZero();
    }

    @Test
    void whoseSizeIsNotThatOfThePageIsRefused() {
      SampleArtifact other = WheelBuilder.wheel("demo", "4.0").build();
      upstream.publish(other, offer -> offer.size(other.size() + 1));

      assertProblem(index.get(at(other)), 403, "artifact-mismatch");
      assertThat(blobs()).isZero();
    }

    @Test
    void thatDripsArrivesAsItComes() throws Exception {
      Drip drip = upstream.on(FakeIndex.fileOf(LARGE)).drips();
      CompletableFuture<byte[]> got =
          CompletableFuture.supplyAsync(() -> index.get(at(LARGE)).body());
      upstream.awaitRequests(FakeIndex.fileOf(LARGE), 1);
      drip.give(700_000);
      drip.give(1);
      drip.giveAll();

      assertThat(got.get()).isEqualTo(LARGE.bytes());
    }

    @Test
    void thatHangsDoesNotStopTheOthers() {
      Gate gate = upstream.on(FakeIndex.fileOf(LARGE)).hangs();
      CompletableFuture<byte[]> waiting =
          CompletableFuture.supplyAsync(() -> index.get(at(LARGE)).body());

      assertThat(index.get(at(SMALL)).body()).isEqualTo(SMALL.bytes());
      gate.release();
      assertThat(waiting.join()).isEqualTo(LARGE.bytes());
    }

    @Test
    void thatRedirectsInALoopIsUnavailable() {
      upstream.on(FakeIndex.fileOf(SMALL)).redirectsTo(upstream.at(FakeIndex.fileOf(SMALL)));

      assertProblem(index.get(at(SMALL)), 502, "upstream-redirect");
    }

    @Test
    void thatRedirectsToAnotherPlaceInsideIsRefusedWithoutAskingThere() {
      try (FakeIndex inside = FakeIndex.start()) {
        upstream.on(FakeIndex.fileOf(SMALL)).redirectsTo(inside.at("/metadata/iam"));

        assertProblem(index.get(at(SMALL)), 502, "upstream-address");
        assertThat(inside.requests()).isEmpty();
      }
    }

    @Test
    void thatThePageListsElsewhereInsideIsRefusedWithoutAskingThere() {
      try (FakeIndex inside = FakeIndex.start()) {
        SampleArtifact other = WheelBuilder.wheel("demo", "5.0").build();
        upstream.publish(other, offer -> offer.at(inside.at("/secret")));

        assertProblem(index.get(at(other)), 502, "upstream-address");
        assertThat(inside.requests()).isEmpty();
      }
    }

    @Test
    void withAContentCodingIsRefused() {
      upstream.on(FakeIndex.fileOf(SMALL)).compresses();

      assertProblem(index.get(at(SMALL)), 502, "upstream-malformed");
    }

    @Test
    void isCheckedByAWeakHashWhereThereIsNoOther() {
      SampleArtifact weak = WheelBuilder.wheel("demo", "6.0").build();
      upstream.publish(weak, offer -> offer.hashedBy("md5"));
      upstream.on(FakeIndex.fileOf(weak)).sendsWrongBytes().times(1);

      assertProblem(index.get(at(weak)), 403, "artifact-mismatch");
      assertThat(index.get(at(weak)).body()).isEqualTo(weak.bytes());
    }
  }

  @Nested
  class OtherBytesUnderAKnownName {
    private final SampleArtifact swapped =
        WheelBuilder.wheel("demo", "1.0").file("demo/evil.py", "pass").build();

    private void swap() {
      upstream.publish(swapped);
      index.later(Duration.ofHours(1));
    }

    @Test
    void areHeldWhereTheFirstOnesWereNeverTaken() {
      index.get(PAGE);
      swap();

      assertProblem(index.get(at(SMALL)), 403, "bytes-changed");
      assertThat(index.text(PAGE)).contains("data-yanked=\"Gatehouse: hold:");
    }

    @Test
    void leaveTheFirstOnesInPlaceWhereTheyAreKept() {
      index.get(at(SMALL));
      // What was verified leaves before it is kept; a part is given only of what is.
      index.get(at(SMALL), "Range", "bytes=0-0");
      swap();

      assertThat(index.get(at(SMALL)).body()).isEqualTo(SMALL.bytes());
      assertThat(index.text(PAGE)).contains(SMALL.sha256().hex());
    }

    @Test
    void areServedOnceARuleNamesThem() {
      index.get(at(SMALL));
      swap();
      Set<Sha256> named = Set.of(swapped.sha256());
      AllowRule rule = new AllowRule(ProjectName.parse("demo"), List.of(), named);
      index.apply(new Policy(Mode.OBSERVE, List.of(), List.of(rule), List.of()));

      assertThat(index.get(at(SMALL)).body()).isEqualTo(swapped.bytes());
    }
  }
}
