package dev.gatehouse.upstream;

import static dev.gatehouse.samples.WheelBuilder.wheel;
import static dev.gatehouse.upstream.Outcomes.content;
import static dev.gatehouse.upstream.Outcomes.failure;
import static dev.gatehouse.upstream.Outcomes.only;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.FakeRequest;
import dev.gatehouse.samples.Gate;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpUpstreamIT {
  private static final ProjectName ACME = ProjectName.parse("acme");
  private static final String PAGE = FakeIndex.pageOf("acme");
  private static final SampleArtifact WHEEL = wheel("acme", "1.0").padding(200_000).build();
  private static final String FILE = FakeIndex.fileOf(WHEEL);

  private final FakeIndex index = FakeIndex.start().publish(WHEEL);
  private final FakeIndex fileHost = FakeIndex.start();
  private final Outbound outbound = new Outbound(OutboundSettings.direct());
  private final Upstream upstream = upstream(null);

  @AfterEach
  void close() throws Exception {
    outbound.close();
    index.close();
    fileHost.close();
  }

  @Nested
  class AskedForAPage {
    @Test
    void prefersJson() {
      assertThat(only(fresh(upstream)).size()).isEqualTo(WHEEL.size());

      assertThat(onlyRequestTo(index, PAGE).header("Accept"))
          .contains(
              "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01");
    }

    @Test
    void asksWithTheNormalisedName() {
      assertThat(upstream.page(ProjectName.parse("Acme__Tools"), null))
          .isEqualTo(new PageOutcome.Absent());

      assertThat(index.requests())
          .extracting(FakeRequest::path)
          .containsExactly("/simple/acme-tools/");
    }

    @Test
    void takesCompressedPages() {
      index.on(PAGE).compresses();

      assertThat(fresh(upstream).page().files()).hasSize(1);
      assertThat(onlyRequestTo(index, PAGE).header("Accept-Encoding")).contains("gzip");
    }

    @Test
    void saysForHowLongItIsFresh() {
      index.cacheControl("max-age=600, public");

      assertThat(fresh(upstream).maxAge()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void doesNotFetchAnUnchangedPageAgain() {
      index.lastModified("Mon, 23 Nov 2026 10:00:00 GMT").cacheControl("max-age=60");
      Validator validator = fresh(upstream).validator();
      assertThat(validator.etag()).isNotNull();
      assertThat(validator.lastModified()).isEqualTo("Mon, 23 Nov 2026 10:00:00 GMT");

      assertThat(upstream.page(ACME, validator))
          .isEqualTo(new PageOutcome.NotModified(Duration.ofMinutes(1)));

      FakeRequest second = index.requestsTo(PAGE).getLast();
      assertThat(second.header("If-None-Match")).contains(String.valueOf(validator.etag()));
      assertThat(second.header("If-Modified-Since"))
          .contains(String.valueOf(validator.lastModified()));
    }

    @Test
    void fetchesAChangedPage() {
      Validator validator = fresh(upstream).validator();
      index.publish(wheel("acme", "1.1").build());

      PageOutcome.Fresh second = Outcomes.fresh(upstream.page(ACME, validator));

      assertThat(second.page().versions()).contains("1.1");
    }

    @Test
    void resolvesAddressesAgainstThePageAfterRedirects() {
      index.serve(
          "/elsewhere/deep/acme/",
          "text/html",
          "<a href=\"../files/acme-1.0-py3-none-any.whl\">acme-1.0-py3-none-any.whl</a>"
              .getBytes(UTF_8));
      index.on(PAGE).redirectsTo(index.at("/elsewhere/deep/acme/"));

      assertThat(only(fresh(upstream)).url())
          .isEqualTo(index.at("/elsewhere/deep/files/acme-1.0-py3-none-any.whl"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "json"})
    void takesAPageOf50Megabytes(String form) {
      if (form.equals("html")) {
        index.speaksOnlyHtml();
      }
      index.on(PAGE).isLargerBy(50L << 20);
      Upstream patient = upstream(null, limits(Duration.ofSeconds(20)));

      assertThat(fresh(patient).page().files()).hasSize(1);
    }

    @Test
    void saysWhatWasDropped() {
      index.serve(
          PAGE,
          "text/html; charset=utf-8",
          "<a href=\"evil-1.0-py3-none-any.whl\">evil-1.0-py3-none-any.whl</a>".getBytes(UTF_8));

      PageOutcome.Fresh fresh = fresh(upstream);

      assertThat(fresh.page().files()).isEmpty();
      assertThat(fresh.problems()).singleElement().asString().contains("evil-1.0");
    }
  }

  @Nested
  class FailedForAPage {
    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void isAbsentOnlyWhenTheUpstreamSaysSo(int status) {
      index.on(PAGE).answers(status);

      assertThat(upstream.page(ACME, null)).isEqualTo(new PageOutcome.Absent());
    }

    @ParameterizedTest
    @CsvSource({
      "407, proxy",
      "429, how often",
      "500, log",
      "503, log",
      "204, address",
      "206, address",
      "400, address",
      "451, address",
    })
    void isUnavailableForAnyOtherStatus(int status, String remedy) {
      index.on(PAGE).answers(status);

      UpstreamFailure failure = failure(upstream.page(ACME, null));

      assertThat(failure.code()).isEqualTo(Code.STATUS);
      assertThat(failure.problem()).contains(String.valueOf(status));
      assertThat(failure.remedy()).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void isUnavailableWhenTheUpstreamDoesNotLetUsIn(int status) {
      index.on(PAGE).answers(status);

      UpstreamFailure failure = failure(upstream.page(ACME, null));

      assertThat(failure.code()).isEqualTo(Code.CREDENTIALS);
      assertThat(failure.remedy()).contains("credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "application/octet-stream", ""})
    void isMalformedWhenItIsOfAnotherType(String type) {
      index.on(PAGE).hasContentType(type);

      assertThat(failure(upstream.page(ACME, null)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void isMalformedWhenNothingChangedThoughNothingWasKnown() {
      index.on(PAGE).answers(304);

      assertThat(failure(upstream.page(ACME, null)).code()).isEqualTo(Code.MALFORMED);
      assertThat(failure(upstream.page(ACME, Validator.none())).code()).isEqualTo(Code.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "not JSON",
          "{\"meta\":{\"api-version\":\"2.0\"},\"name\":\"acme\",\"files\":[]}",
          "{\"meta\":{\"api-version\":\"1.0\"},\"name\":\"acme-tools\",\"files\":[]}",
          "{\"meta\":{\"api-version\":\"1.0\"},\"name\":\"acme\",\"files\":[",
        })
    void isMalformedWhenItIsNotTheProjectsPage(String body) {
      index.serve(PAGE, "application/vnd.pypi.simple.v1+json", body.getBytes(UTF_8));

      assertThat(failure(upstream.page(ACME, null)).code()).isEqualTo(Code.MALFORMED);
    }

    @Test
    void isRefusedWhereNobodyListens() {
      Upstream refused =
          Upstreams.open(
              new UpstreamSettings("down", FakeIndex.refusing(), null, List.of(), List.of()),
              outbound);

      UpstreamFailure failure = failure(refused.page(ACME, null));

      assertThat(failure.code()).isEqualTo(Code.REFUSED);
      assertThat(failure.message())
          .startsWith("Could not ask the upstream down for the page of acme: ")
          .contains("(upstream-refused)");
    }

    @Test
    void isLateWhenTheUpstreamHangs() {
      Gate gate = index.on(PAGE).hangs();

      assertThat(failure(impatient().page(ACME, null)).code()).isEqualTo(Code.TIMEOUT);
      gate.release();
    }

    @Test
    void isLateWhenTheUpstreamStopsHalfWay() {
      Gate gate = index.on(PAGE).pausesAfter(100);

      assertThat(failure(impatient().page(ACME, null)).code()).isEqualTo(Code.TIMEOUT);
      gate.release();
    }

    @Test
    void isTruncatedWhenTheConnectionEnds() {
      index.on(PAGE).truncatesAfter(100);

      assertThat(failure(upstream.page(ACME, null)).code()).isEqualTo(Code.TRUNCATED);
    }

    @Test
    void isTooLargeBeyondTheLimit() {
      index.on(PAGE).isLargerBy(65L << 20);
      Upstream patient = upstream(null, limits(Duration.ofSeconds(20)));

      assertThat(failure(patient.page(ACME, null)).code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void isTooLargeWhenItUnpacksBeyondTheLimit() {
      index.on(PAGE).sendsGzipBomb(1L << 30);
      Upstream patient = upstream(null, limits(Duration.ofSeconds(20)));

      assertThat(failure(patient.page(ACME, null)).code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void isNotFollowedInCircles() {
      index.on(PAGE).redirectsTo(index.at(PAGE));

      assertThat(failure(upstream.page(ACME, null)).code()).isEqualTo(Code.REDIRECT);
    }

    @Test
    void isNotFollowedToAPrivateAddress() {
      fileHost.publish(WHEEL);
      index.on(PAGE).redirectsTo(fileHost.at(PAGE));

      assertThat(failure(upstream.page(ACME, null)).code()).isEqualTo(Code.ADDRESS);
      assertThat(fileHost.requests()).isEmpty();
    }
  }

  @Nested
  class WithCredentials {
    @Test
    void sendsUserAndPassword() {
      index.requiresCredentials("ci", "s3:cret");

      assertThat(upstream(Secret.of("ci:s3:cret")).page(ACME, null))
          .isInstanceOf(PageOutcome.Fresh.class);
    }

    @Test
    void sendsATokenAsThePasswordOfTheTokenUser() {
      index.requiresCredentials("__token__", "pypi-AgEI");

      assertThat(upstream(Secret.of("pypi-AgEI")).page(ACME, null))
          .isInstanceOf(PageOutcome.Fresh.class);
    }

    @Test
    void sendsThemForFilesOfItsOwn() throws Exception {
      index.requiresCredentials("ci", "s3cret");
      Upstream trusted = upstream(Secret.of("ci:s3cret"));

      try (FileOutcome.Content content = content(trusted.artifact(file(trusted)))) {
        assertThat(Sha256.of(content.body())).isEqualTo(WHEEL.sha256());
      }
    }

    @Test
    void keepsThemFromOtherHosts() {
      SampleArtifact elsewhere = wheel("acme", "2.0").build();
      index.requiresCredentials("ci", "s3cret").unlist(WHEEL).keepsFilesAt(fileHost);
      index.publish(elsewhere);
      Upstream trusted = upstream(Secret.of("ci:s3cret"), HttpLimits.usual(), hostOf(fileHost));

      assertThat(trusted.artifact(file(trusted))).isInstanceOf(FileOutcome.Content.class);

      assertThat(onlyRequestTo(fileHost, FakeIndex.fileOf(elsewhere)).header("Authorization"))
          .isEmpty();
    }
  }

  @Nested
  class AskedForAFile {
    @Test
    void takesItWithoutAnyCoding() throws Exception {
      try (FileOutcome.Content content = content(upstream.artifact(file(upstream)))) {
        assertThat(content.length()).isEqualTo(WHEEL.size());
        assertThat(Sha256.of(content.body())).isEqualTo(WHEEL.sha256());
      }

      assertThat(onlyRequestTo(index, FILE).header("Accept-Encoding")).contains("identity");
    }

    @Test
    void givesTheProvenanceThatIsStated() throws Exception {
      SampleArtifact attested = wheel("acme", "2.0").build();
      index.unlist(WHEEL).publish(attested, offer -> offer.provenance("{\"version\": 1}"));

      try (FileOutcome.Content content = content(upstream.provenance(file(upstream)))) {
        assertThat(content.body().readAllBytes()).asString(UTF_8).contains("\"version\"");
      }

      assertThat(onlyRequestTo(index, FakeIndex.provenanceOf(attested)).header("Accept"))
          .contains("application/vnd.pypi.integrity.v1+json");
    }

    @Test
    void asksForMetadataBeforeTheQueryOfASignedAddress() {
      PageFile signed = file(upstream).toBuilder().url(index.at(FILE + "?signature=x")).build();

      assertThat(upstream.metadata(signed)).isInstanceOf(FileOutcome.Content.class);

      assertThat(index.requestsTo(FakeIndex.metadataOf(WHEEL))).isNotEmpty();
    }

    @Test
    void refusesPrivateHostsThatTheOperatorDidNotName() {
      SampleArtifact elsewhere = wheel("acme", "2.0").build();
      index.unlist(WHEEL).keepsFilesAt(fileHost).publish(elsewhere);

      UpstreamFailure failure = failure(upstream.artifact(file(upstream)));

      assertThat(failure.code()).isEqualTo(Code.ADDRESS);
      assertThat(failure.remedy()).contains("private-hosts");
      assertThat(fileHost.requests()).isEmpty();
    }

    @Test
    void takesItFromPrivateHostsThatTheOperatorNamed() throws Exception {
      SampleArtifact elsewhere = wheel("acme", "2.0").build();
      index.unlist(WHEEL).keepsFilesAt(fileHost).publish(elsewhere);
      Upstream named = upstream(null, HttpLimits.usual(), hostOf(fileHost));

      try (FileOutcome.Content content = content(named.artifact(file(named)))) {
        assertThat(Sha256.of(content.body())).isEqualTo(elsewhere.sha256());
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/etc/passwd", "ftp://example.com/a.whl", "acme.whl", "https:a"})
    void refusesAddressesThatNoIndexHas(String address) {
      PageFile forged = file(upstream).toBuilder().url(URI.create(address)).build();

      assertThat(failure(upstream.artifact(forged)).code()).isEqualTo(Code.ADDRESS);
    }

    @Test
    void refusesToStepDownFromHttps() {
      Upstream secure =
          Upstreams.open(
              new UpstreamSettings(
                  "secure",
                  URI.create("https://127.0.0.1:1/simple/"),
                  null,
                  List.of(),
                  List.of(hostOf(index))),
              outbound);

      assertThat(failure(secure.artifact(file(upstream))).code()).isEqualTo(Code.REDIRECT);
      assertThat(index.requestsTo(FILE)).isEmpty();
    }
  }

  @Nested
  class FailedForAFile {
    @ParameterizedTest
    @ValueSource(ints = {204, 206, 304, 400, 429, 500, 503})
    void isUnavailableForAnyOtherStatus(int status) {
      index.on(FILE).answers(status);

      assertThat(failure(upstream.artifact(file(upstream))).code()).isEqualTo(Code.STATUS);
    }

    @Test
    void isCutOffWhenTheConnectionEnds() throws Exception {
      index.on(FILE).truncatesAfter(100_000);

      assertThat(failureWhileReading(upstream)).isEqualTo(Code.TRUNCATED);
    }

    @Test
    void isCutOffWhenItStalls() throws Exception {
      Gate gate = index.on(FILE).pausesAfter(100_000);

      assertThat(failureWhileReading(impatient())).isEqualTo(Code.TIMEOUT);
      gate.release();
    }

    @Test
    void isUnavailableWhenItComesPacked() {
      index.on(FILE).compresses();

      assertThat(failure(upstream.artifact(file(upstream))).code()).isEqualTo(Code.MALFORMED);
    }

    private Code failureWhileReading(Upstream from) throws Exception {
      try (FileOutcome.Content content = content(from.artifact(file(from)))) {
        UpstreamReadException[] caught = new UpstreamReadException[1];
        assertThatExceptionOfType(UpstreamReadException.class)
            .isThrownBy(() -> content.body().readAllBytes())
            .satisfies(e -> caught[0] = e);
        return caught[0].failure().code();
      }
    }
  }

  private Upstream upstream(@Nullable Secret credentials) {
    return upstream(credentials, HttpLimits.usual());
  }

  private Upstream upstream(
      @Nullable Secret credentials, HttpLimits limits, String... privateHosts) {
    UpstreamSettings settings =
        new UpstreamSettings("fake", index.uri(), credentials, List.of(), List.of(privateHosts));
    return new HttpUpstream(settings, outbound, limits);
  }

  /** One that gives a silent upstream up soon. */
  private Upstream impatient() {
    return upstream(null, limits(Duration.ofMillis(300)));
  }

  private static HttpLimits limits(Duration idle) {
    HttpLimits usual = HttpLimits.usual();
    return new HttpLimits(
        new Limits(Duration.ofMinutes(1), idle, usual.page().mostBytes()),
        new Limits(Duration.ofMinutes(1), idle, usual.beside().mostBytes()),
        new Limits(null, idle, usual.artifact().mostBytes()));
  }

  private static String hostOf(FakeIndex index) {
    return "127.0.0.1:" + index.uri().getPort();
  }

  private static PageOutcome.Fresh fresh(Upstream upstream) {
    return Outcomes.fresh(upstream.page(ACME, null));
  }

  private static PageFile file(Upstream upstream) {
    return only(fresh(upstream));
  }

  private static FakeRequest onlyRequestTo(FakeIndex index, String path) {
    assertThat(index.requestsTo(path)).hasSize(1);
    return index.requestsTo(path).getFirst();
  }
}
