package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PagesIT {
  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final SampleArtifact WHEEL = WheelBuilder.wheel("Demo.Pkg", "1.0").build();

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start();
  private RunningIndex index;

  @BeforeEach
  void start() {
    upstream.publish(WHEEL);
    index = RunningIndex.in(data).upstream(upstream.uri()).start();
  }

  @AfterEach
  void stop() {
    index.close();
    upstream.close();
  }

  @Nested
  class Forms {
    @Test
    void areJsonForInstallersAndHtmlForEverybodyElse() {
      HttpResponse<byte[]> json = index.get("/simple/demo-pkg/", "Accept", JSON);
      HttpResponse<byte[]> html = index.get("/simple/demo-pkg/");

      assertThat(json.headers().firstValue("Content-Type")).contains(JSON);
      assertThat(new String(json.body(), UTF_8))
          .contains("\"api-version\":\"1.4\"")
          .contains("\"filename\":\"" + WHEEL.filename() + "\"")
          .contains("\"url\":\"../../files/demo-pkg/" + WHEEL.filename() + "\"")
          .contains(WHEEL.sha256().hex())
          .contains("\"size\":" + WHEEL.size());
      assertThat(html.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(new String(html.body(), UTF_8))
          .contains("href=\"../../files/demo-pkg/" + WHEEL.filename() + "#sha256=");
      assertThat(json.headers().allValues("Vary").toString()).contains("Accept");
    }

    @Test
    void areChosenByTheQueryBeforeTheHeader() {
      HttpResponse<byte[]> page =
          index.get("/simple/demo-pkg/?format=" + JSON.replace("+", "%2B"), "Accept", "text/html");

      assertThat(page.headers().firstValue("Content-Type")).contains(JSON);
    }

    @Test
    void areRefusedWhereTheClientTakesNone() {
      assertThat(index.get("/simple/demo-pkg/", "Accept", "image/png").statusCode()).isEqualTo(406);
    }

    @Test
    void claimNoNewerVersionThanTheyMeet() {
      SampleArtifact unsized = WheelBuilder.wheel("unsized", "1.0").build();
      upstream.publish(unsized, offer -> offer.withoutSize());

      assertThat(index.text("/simple/unsized/", "Accept", JSON))
          .contains("\"api-version\":\"1.0\"");
    }
  }

  @Nested
  class Names {
    @Test
    void areRedirectedToTheirNormalForm() {
      for (String spelled : new String[] {"Demo.Pkg", "demo_pkg", "DEMO---pkg"}) {
        HttpResponse<byte[]> answer = index.get("/simple/" + spelled + "/?x=1");

        assertThat(answer.statusCode()).isEqualTo(301);
        assertThat(answer.headers().firstValue("Location")).contains("../demo-pkg/?x=1");
      }
    }

    @Test
    void areRedirectedToTheirSlash() {
      HttpResponse<byte[]> answer = index.get("/simple/Demo.Pkg");

      assertThat(answer.statusCode()).isEqualTo(301);
      assertThat(answer.headers().firstValue("Location")).contains("demo-pkg/");
    }

    @Test
    void thatNoUpstreamHasAreNotFound() {
      assertThat(index.get("/simple/nothing-here/").statusCode()).isEqualTo(404);
    }

    @Test
    void thatAreNoNamesReachNoUpstream() {
      for (String path :
          new String[] {
            "/simple/..%2f..%2fetc/", "/simple/%00/", "/simple/-x-/", "/simple/a%20b/"
          }) {
        assertThat(index.get(path).statusCode()).isIn(400, 404);
      }
      assertThat(upstream.requests()).isEmpty();
    }

    @Test
    @Timeout(60)
    void areListed() {
      index.get("/simple/demo-pkg/");

      // A page is answered before it is kept, and what is kept is listed.
      while (!index.text("/simple/").contains("demo-pkg/")) {
        Thread.onSpinWait();
      }
      assertThat(index.text("/simple/", "Accept", JSON)).contains("{\"name\":\"demo-pkg\"}");
    }
  }

  @Nested
  class Freshness {
    @Test
    void costsNoQuestionWhileItLasts() {
      index.get("/simple/demo-pkg/");
      index.get("/simple/demo-pkg/");

      assertThat(upstream.requestsTo(FakeIndex.pageOf("demo-pkg"))).hasSize(1);
    }

    @Test
    void isConfirmedByTheEntityTag() {
      index.get("/simple/demo-pkg/");
      index.later(Duration.ofHours(1));
      index.get("/simple/demo-pkg/");

      assertThat(
              upstream.requestsTo(FakeIndex.pageOf("demo-pkg")).getLast().header("If-None-Match"))
          .isPresent();
    }

    @Test
    void bringsNewFiles() {
      index.get("/simple/demo-pkg/");
      upstream.publish(WheelBuilder.wheel("demo-pkg", "2.0").build());
      index.later(Duration.ofHours(1));

      assertThat(index.text("/simple/demo-pkg/")).contains("demo_pkg-2.0");
    }

    @Test
    void isNotKnownToTheClientByItsTagOnceThePageChanged() {
      HttpResponse<byte[]> first = index.get("/simple/demo-pkg/");
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(index.get("/simple/demo-pkg/", "If-None-Match", tag).statusCode()).isEqualTo(304);

      upstream.publish(WheelBuilder.wheel("demo-pkg", "2.0").build());
      index.later(Duration.ofHours(1));

      assertThat(index.get("/simple/demo-pkg/", "If-None-Match", tag).statusCode()).isEqualTo(200);
      assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
    }
  }

  @Nested
  class WhenTheUpstreamIsDown {
    @Test
    void aKnownPageIsServedAndSaysThatItIsStale() {
      index.get("/simple/demo-pkg/");
      upstream.goesDown();
      index.later(Duration.ofDays(3));
      HttpResponse<byte[]> page = index.get("/simple/demo-pkg/");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Cache-Status").orElse(""))
          .contains("fwd=stale")
          .contains("upstream-");
    }

    @Test
    void aKnownPageOutlivesARestart() {
      index.get("/simple/demo-pkg/");
      upstream.goesDown();
      index = index.restarted();

      assertThat(index.text("/simple/demo-pkg/")).contains(WHEEL.filename());
    }

    @Test
    void anUnknownPageIsNotTakenForAnAbsentOne() {
      upstream.goesDown();

      assertThat(index.get("/simple/demo-pkg/").statusCode()).isEqualTo(502);
    }

    @Test
    void aPageIsFreshAgainOnceItIsBack() {
      index.get("/simple/demo-pkg/");
      upstream.goesDown();
      index.later(Duration.ofDays(3));
      index.get("/simple/demo-pkg/");
      upstream.comesBack();
      index.later(Duration.ofMinutes(5));

      assertThat(index.get("/simple/demo-pkg/").headers().firstValue("Cache-Status")).isEmpty();
    }
  }

  @Nested
  class Times {
    @Test
    void areTheUpstreams() {
      Instant uploaded = Instant.parse("2024-05-06T07:08:09.123456Z");
      upstream.publish(
          WheelBuilder.wheel("dated", "1.0").build(), offer -> offer.uploaded(uploaded));

      assertThat(index.text("/simple/dated/", "Accept", JSON))
          .contains("\"upload-time\":\"2024-05-06T07:08:09.123456Z\"");
    }

    @Test
    void areWhenAFileWasFirstSeenWhereTheUpstreamGivesNoneAndStaySo() {
      upstream.publish(
          WheelBuilder.wheel("undated", "1.0").build(), offer -> offer.withoutUploadTime());
      index.get("/simple/undated/");
      index.later(Duration.ofDays(30));
      upstream.publish(
          WheelBuilder.wheel("undated", "1.1").build(), offer -> offer.withoutUploadTime());
      index = index.restarted();
      String page = index.text("/simple/undated/", "Accept", JSON);

      assertThat(page)
          .contains("\"upload-time\":\"2026-03-24T10:52:00.000000Z\"")
          .contains("\"upload-time\":\"2026-04-23T10:52:00.000000Z\"");
    }
  }

  @Nested
  class Statuses {
    @Test
    void arePassedOn() {
      upstream.status("demo-pkg", "deprecated", "use other-pkg");

      assertThat(index.text("/simple/demo-pkg/", "Accept", JSON))
          .contains("\"project-status\":{\"status\":\"deprecated\",\"reason\":\"use other-pkg\"}");
    }

    @Test
    void ofQuarantineOfferNoFiles() {
      upstream.status("demo-pkg", "quarantined", null);

      assertThat(index.text("/simple/demo-pkg/", "Accept", JSON))
          .contains("\"status\":\"quarantined\"")
          .contains("\"files\":[]");
      assertThat(index.get("/files/demo-pkg/" + WHEEL.filename()).statusCode()).isEqualTo(404);
    }
  }
}
