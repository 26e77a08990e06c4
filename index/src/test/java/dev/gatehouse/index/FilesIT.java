package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.verification.TestAuthority;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesIT {
  private static final SampleArtifact SMALL = WheelBuilder.wheel("small", "1.0").build();
  private static final SampleArtifact LARGE =
      WheelBuilder.wheel("large", "1.0").padding(3_000_000).build();

  private static final TestAuthority AUTHORITY = TestAuthority.create();

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(SMALL).publish(LARGE);
    index = RunningIndex.in(data).upstream(upstream.uri()).trusting(AUTHORITY).start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  private static String at(SampleArtifact artifact) {
    return "/files/" + artifact.project() + "/" + artifact.filename();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Nested
  class AFile {
    @Test
    void arrivesWholeFromTheUpstream() {
      HttpResponse<byte[]> answer = index.get(at(LARGE));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(LARGE.bytes());
      assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(LARGE.size()));
      assertThat(header(answer, "Content-Encoding")).isEmpty();
    }

    @Test
    void arrivesWholeAlsoWhereItsMetadataMustBeMadeFromIt() throws Exception {
      SampleArtifact bare = WheelBuilder.wheel("bare", "1.0").padding(3_000_000).build();
      upstream.publish(bare, offer -> offer.withoutMetadata());
      var gate = upstream.on(FakeIndex.fileOf(bare)).pausesAfter(1_000_000);
      CompletableFuture<byte[]> answer =
          CompletableFuture.supplyAsync(() -> index.get(at(bare)).body());
      gate.awaitReached();
      gate.release();

      assertThat(answer.get()).isEqualTo(bare.bytes());
    }

    @Test
    void isKeptAndNeedsNoUpstreamTheNextTime() {
      index.get(at(LARGE));
      upstream.goesDown();
      index = index.restarted();
      HttpResponse<byte[]> answer = index.get(at(LARGE));

      assertThat(answer.body()).isEqualTo(LARGE.bytes());
      assertThat(header(answer, "ETag")).isEqualTo('"' + LARGE.sha256().hex() + '"');
    }

    @Test
    void isFetchedOnceHoweverManyAsk() throws Exception {
      var gate = upstream.on(FakeIndex.fileOf(LARGE)).pausesAfter(1_000_000);
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<byte[]>> answers =
            java.util.stream.IntStream.range(0, 20)
                .mapToObj(_ -> clients.submit(() -> index.get(at(LARGE)).body()))
                .toList();
        gate.awaitReached();
        gate.release();

        for (Future<byte[]> answer : answers) {
          assertThat(answer.get()).isEqualTo(LARGE.bytes());
        }
      }
      assertThat(upstream.requestsTo(FakeIndex.fileOf(LARGE))).hasSize(1);
    }

    @Test
    void isAskedForWithoutContentCoding() {
      index.get(at(SMALL));

      assertThat(upstream.requestsTo(FakeIndex.fileOf(SMALL)).getFirst().header("Accept-Encoding"))
          .contains("identity");
    }

    @Test
    void isNeverRedirected() {
      upstream.on(FakeIndex.fileOf(SMALL)).answers(503);

      assertThat(index.get(at(SMALL)).statusCode()).isEqualTo(502);
    }

    @Test
    void thatIsNotOnThePageIsNotFound() {
      assertThat(index.get("/files/small/small-9.9-py3-none-any.whl").statusCode()).isEqualTo(404);
      assertThat(index.get("/files/small/" + LARGE.filename()).statusCode()).isEqualTo(404);
      assertThat(index.get("/files/small/..%2f..%2fadmin-token").statusCode()).isIn(400, 404);
    }

    @Test
    void ofAnUpstreamWithoutHashesIsPinnedByItsFirstBytes() {
      SampleArtifact first = WheelBuilder.wheel("unhashed", "1.0").build();
      upstream.publish(first, offer -> offer.withoutHashes());
      index.get(at(first));

      assertThat(index.text("/simple/unhashed/")).contains("#sha256=" + first.sha256().hex());
    }
  }

  @Nested
  class AHead {
    @Test
    void tellsTheSizeWithoutFetching() {
      HttpResponse<byte[]> answer = index.ask("HEAD", at(LARGE));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(LARGE.size()));
      assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
      assertThat(upstream.requestsTo(FakeIndex.fileOf(LARGE))).isEmpty();
    }

    @Test
    void tellsTheSizeThatThePageDoesNot() {
      SampleArtifact unsized = WheelBuilder.wheel("unsized", "1.0").build();
      upstream.publish(unsized, offer -> offer.withoutSize());

      assertThat(header(index.ask("HEAD", at(unsized)), "Content-Length"))
          .isEqualTo(String.valueOf(unsized.size()));
    }
  }

  @Nested
  class ARange {
    private HttpResponse<byte[]> range(String header) {
      return index.get(at(LARGE), "Range", header);
    }

    @Test
    void resumesADownload() {
      HttpResponse<byte[]> answer = range("bytes=1000000-");

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body())
          .isEqualTo(Arrays.copyOfRange(LARGE.bytes(), 1_000_000, (int) LARGE.size()));
      assertThat(header(answer, "Content-Range"))
          .isEqualTo("bytes 1000000-" + (LARGE.size() - 1) + "/" + LARGE.size());
    }

    @Test
    void givesTheEndThatALazyReaderWants() {
      HttpResponse<byte[]> answer = range("bytes=-100");

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body())
          .isEqualTo(
              Arrays.copyOfRange(LARGE.bytes(), (int) LARGE.size() - 100, (int) LARGE.size()));
    }

    @Test
    void behindTheEndIsNotSatisfiable() {
      HttpResponse<byte[]> answer = range("bytes=" + LARGE.size() + "-");

      assertThat(answer.statusCode()).isEqualTo(416);
      assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + LARGE.size());
    }

    @Test
    void ofAnotherVersionOfTheFileGivesAllOfThisOne() {
      HttpResponse<byte[]> answer =
          index.get(at(LARGE), "Range", "bytes=5-", "If-Range", "\"other\"");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(LARGE.bytes());
    }
  }

  @Nested
  class Metadata {
    @Test
    void isTheUpstreams() {
      HttpResponse<byte[]> answer = index.get(at(SMALL) + ".metadata");

      assertThat(answer.body()).isEqualTo(SMALL.metadata());
      assertThat(index.text("/simple/small/"))
          .contains("data-core-metadata=\"sha256=" + Sha256.digest(SMALL.metadata()));
    }

    @Test
    void isTheWheelsOwnWhereTheUpstreamOffersNone() {
      SampleArtifact bare = WheelBuilder.wheel("bare", "1.0").build();
      upstream.publish(bare, offer -> offer.withoutMetadata());
      assertThat(index.text("/simple/bare/")).doesNotContain("data-core-metadata");
      assertThat(index.get(at(bare) + ".metadata").statusCode()).isEqualTo(404);

      index.get(at(bare));

      assertThat(index.text("/simple/bare/"))
          .contains("data-core-metadata=\"sha256=" + Sha256.digest(bare.metadata()));
      assertThat(index.get(at(bare) + ".metadata").body()).isEqualTo(bare.metadata());
    }

    @Test
    void thatIsNotWhatThePagePromisesIsNotServed() {
      SampleArtifact forged = WheelBuilder.wheel("forged", "1.0").build();
      upstream.publish(forged, offer -> offer.withWrongMetadataHash());

      assertThat(index.get(at(forged) + ".metadata").statusCode()).isEqualTo(403);
    }

    @Test
    void ofAnSdistIsNotOffered() {
      SampleArtifact sdist = SdistBuilder.sdist("source-only", "1.0").build();
      upstream.publish(sdist, offer -> offer.withoutMetadata());
      index.get(at(sdist));

      assertThat(index.text("/simple/source-only/")).doesNotContain("data-core-metadata");
    }
  }

  @Nested
  class Provenance {
    private static final String TYPE = "application/vnd.pypi.integrity.v1+json";
    private final SampleArtifact attested = WheelBuilder.wheel("attested", "1.0").build();
    private final String object =
        TestAuthority.provenance(
            TestAuthority.githubClaim("acme/demo", "release.yml"),
            AUTHORITY.sign(attested.filename(), attested.sha256()).attestation());

    @BeforeEach
    void publish() {
      upstream.publish(attested, offer -> offer.provenance(object));
    }

    private String path() {
      return "/integrity/attested/1.0/" + attested.filename() + "/provenance";
    }

    @Test
    void isPassedThroughUnderOurAddress() {
      HttpResponse<byte[]> answer = index.get(path(), "Accept", TYPE);

      assertThat(new String(answer.body(), UTF_8)).isEqualTo(object);
      assertThat(header(answer, "Content-Type")).isEqualTo(TYPE);
      assertThat(index.text("/simple/attested/"))
          .contains("data-provenance=\"" + index.address().resolve(path()));
    }

    @Test
    void isNotGivenAsAnotherType() {
      assertThat(index.get(path(), "Accept", "text/html").statusCode()).isEqualTo(406);
    }

    @Test
    void thatDoesNotExistIsNotFound() {
      assertThat(index.get("/integrity/small/1.0/" + SMALL.filename() + "/provenance").statusCode())
          .isEqualTo(404);
      assertThat(
              index
                  .get("/integrity/attested/2.0/" + attested.filename() + "/provenance")
                  .statusCode())
          .isEqualTo(404);
    }
  }
}
