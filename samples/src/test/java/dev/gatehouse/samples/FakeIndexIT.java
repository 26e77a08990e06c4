package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a fake index does when nothing is wrong with it. */
@Timeout(60) // only so that a bug ends
class FakeIndexIT {
  private static final String HTML = "text/html";
  private static final String JSON = "application/vnd.pypi.simple.v1+json";

  private final SampleArtifact wheel =
      WheelBuilder.wheel("idna", "3.7").requiresPython(">=3.5").build();
  private final FakeIndex index = FakeIndex.start();
  private final Visitor visitor = new Visitor();

  @AfterEach
  void close() {
    visitor.close();
    index.close();
  }

  @Nested
  class Pages {
    @Test
    void tellAllInJson() throws Exception {
      index.publish(
          wheel,
          offer ->
              offer
                  .uploaded(Instant.parse("2026-03-24T10:39:00.5Z"))
                  .yanked("a \"bad\" one")
                  .hashedBy("md5", "sha256"));

      assertThat(text(page("Accept", JSON)))
          .contains("\"api-version\":\"1.4\"")
          .contains("\"versions\":[\"3.7\"]")
          .contains("\"url\":\"" + index.at("/files/idna-3.7-py3-none-any.whl") + "\"")
          .contains("\"sha256\":\"" + wheel.sha256() + "\"")
          .contains("\"md5\":\"")
          .contains("\"size\":" + wheel.size())
          .contains("\"upload-time\":\"2026-03-24T10:39:00.500000Z\"")
          .contains("\"requires-python\":\">=3.5\"")
          .contains("\"yanked\":\"a \\\"bad\\\" one\"");
    }

    @Test
    void tellAllInHtml() throws Exception {
      index.publish(wheel, offer -> offer.yanked("<bad>"));

      assertThat(text(page()))
          .contains("whl#sha256=" + wheel.sha256() + "\"")
          .contains("data-requires-python=\"&gt;=3.5\"")
          .contains("data-yanked=\"&lt;bad&gt;\"")
          .contains("data-core-metadata=\"sha256=")
          .contains(">idna-3.7-py3-none-any.whl</a>");
    }

    @Test
    void comeInTheRepresentationThatIsAccepted() throws Exception {
      index.publish(wheel);

      assertThat(type(page())).isEqualTo(HTML);
      assertThat(type(page("Accept", JSON + ", text/html;q=0.1"))).isEqualTo(JSON);
    }

    @Test
    void comeInOneRepresentationWhereTheIndexKnowsNoOther() throws Exception {
      index.publish(wheel).speaksOnlyHtml();

      assertThat(type(page("Accept", JSON))).isEqualTo(HTML);
    }

    @Test
    void declareNoMoreThanTheyHold() throws Exception {
      index.publish(wheel, Offer::withoutSize);

      assertThat(text(page("Accept", JSON)))
          .contains("\"api-version\":\"1.0\"")
          .doesNotContain("\"size\"");
    }

    @Test
    void areRevalidatedByTheirEtagUntilTheyChange() throws Exception {
      index.publish(wheel).cacheControl("max-age=600");
      String etag = header(page(), "ETag");

      HttpResponse<byte[]> same = page("If-None-Match", etag);
      index.publish(WheelBuilder.wheel("idna", "3.8").build());
      HttpResponse<byte[]> changed = page("If-None-Match", etag);

      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(header(same, "ETag")).isEqualTo(etag);
      assertThat(header(same, "Cache-Control")).isEqualTo("max-age=600");
      assertThat(same.body()).isEmpty();
      assertThat(changed.statusCode()).isEqualTo(200);
    }

    @Test
    void areRevalidatedByTheirDateWhereThatIsAllTheyHave() throws Exception {
      String date = "Tue, 24 Mar 2026 10:39:00 GMT";
      index.publish(wheel).withoutEtags().lastModified(date);

      HttpResponse<byte[]> same = page("If-Modified-Since", date);

      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void areMissingForProjectsThatWereNeverPublished() throws Exception {
      assertThat(page().statusCode()).isEqualTo(404);
    }

    @Test
    void areFoundUnderOneSpellingOnly() throws Exception {
      index.publish(WheelBuilder.wheel("Acme.Rockets", "1.0").build());

      HttpResponse<byte[]> other = visitor.get(index.at("/simple/Acme_Rockets"));

      assertThat(other.statusCode()).isEqualTo(301);
      assertThat(header(other, "Location")).isEqualTo("/simple/acme-rockets/");
    }

    @Test
    void stateTheStatusOfTheProject() throws Exception {
      index.status("idna", "quarantined", "malware");

      assertThat(text(page("Accept", JSON)))
          .contains("\"project-status\":{\"status\":\"quarantined\",\"reason\":\"malware\"}");
      assertThat(text(page()))
          .contains("name=\"pypi:project-status\" content=\"quarantined\"")
          .contains("name=\"pypi:project-status-reason\" content=\"malware\"");
    }

    @Test
    void losesWhatIsUnlisted() throws Exception {
      index.publish(wheel).unlist(wheel);

      assertThat(text(page())).doesNotContain(".whl");
      assertThat(visitor.get(index.at(FakeIndex.fileOf(wheel))).statusCode()).isEqualTo(200);
    }

    @Test
    void areListed() throws Exception {
      index.publish(wheel).publish(WheelBuilder.wheel("acme", "1.0").build());

      assertThat(text(visitor.get(index.uri()))).contains("href=\"acme/\"", "href=\"idna/\"");
      assertThat(text(visitor.get(index.uri(), "Accept", JSON)))
          .contains("\"projects\":[{\"name\":\"acme\"},{\"name\":\"idna\"}]");
    }
  }

  @Nested
  class Files {
    @Test
    void areServedWithTheirMetadataAndProvenance() throws Exception {
      index.publish(wheel, offer -> offer.provenance("{\"version\":1}"));

      HttpResponse<byte[]> provenance = visitor.get(index.at(FakeIndex.provenanceOf(wheel)));

      assertThat(visitor.get(index.at(FakeIndex.fileOf(wheel))).body()).isEqualTo(wheel.bytes());
      assertThat(visitor.get(index.at(FakeIndex.metadataOf(wheel))).body())
          .isEqualTo(wheel.metadata());
      assertThat(text(provenance)).isEqualTo("{\"version\":1}");
      assertThat(type(provenance)).isEqualTo("application/vnd.pypi.integrity.v1+json");
      assertThat(text(page("Accept", JSON)))
          .contains("\"provenance\":\"" + index.at(FakeIndex.provenanceOf(wheel)) + "\"");
    }

    @Test
    void haveNoMetadataBesideThemWhereNoneIsOffered() throws Exception {
      index.publish(wheel, Offer::withoutMetadata);

      assertThat(visitor.get(index.at(FakeIndex.metadataOf(wheel))).statusCode()).isEqualTo(404);
      assertThat(text(page("Accept", JSON))).contains("\"core-metadata\":false");
    }

    @Test
    void mayLieAtAnotherHost() throws Exception {
      try (FakeIndex files = FakeIndex.start()) {
        index.keepsFilesAt(files).publish(wheel);
        URI there = files.at(FakeIndex.fileOf(wheel));

        assertThat(text(page())).contains("href=\"" + there);
        assertThat(visitor.get(there).body()).isEqualTo(wheel.bytes());
        assertThat(visitor.get(index.at(FakeIndex.fileOf(wheel))).statusCode()).isEqualTo(404);
      }
    }

    @Test
    void haveALengthButNoContentForHead() throws Exception {
      index.publish(wheel);

      HttpResponse<byte[]> head = visitor.head(index.at(FakeIndex.fileOf(wheel)));

      assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(wheel.size()));
      assertThat(head.body()).isEmpty();
    }
  }

  @Nested
  class Requests {
    @Test
    void areCountedAndKept() throws Exception {
      index.publish(wheel);

      page("User-Agent", "a test");
      page();
      visitor.get(index.uri());

      assertThat(index.requests()).hasSize(3);
      assertThat(index.requestsTo(FakeIndex.pageOf("idna")))
          .hasSize(2)
          .first()
          .satisfies(request -> assertThat(request.header("User-Agent")).contains("a test"));
    }

    @Test
    void areRefusedWithoutTheRightCredentials() throws Exception {
      index.publish(wheel).requiresCredentials("ci", "s3cret");

      assertThat(page().statusCode()).isEqualTo(401);
      assertThat(page("Authorization", "Basic Y2k6d3Jvbmc=").statusCode()).isEqualTo(401);
      assertThat(page("Authorization", "Basic Y2k6czNjcmV0").statusCode()).isEqualTo(200);
    }

    @Test
    void shareAConnection() throws Exception {
      index.publish(wheel);

      List<String> first = List.of(text(page()), text(page()), text(page()));

      assertThat(first.getLast()).isEqualTo(first.getFirst());
    }
  }

  @Test
  void goesDownAndComesBackAtTheSameAddress() throws Exception {
    index.publish(wheel);
    page();

    index.goesDown();
    assertThatExceptionOfType(ConnectException.class).isThrownBy(this::page);
    index.comesBack();

    assertThat(page().statusCode()).isEqualTo(200);
  }

  @Test
  void knowsAnAddressThatRefuses() {
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> visitor.get(FakeIndex.refusing()));
  }

  private HttpResponse<byte[]> page(String... headers) throws Exception {
    return visitor.get(index.at(FakeIndex.pageOf("idna")), headers);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static String type(HttpResponse<byte[]> response) {
    return header(response, "Content-Type");
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }
}
