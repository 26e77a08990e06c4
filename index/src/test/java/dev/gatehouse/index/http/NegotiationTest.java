package dev.gatehouse.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.index.listing.PageFormat;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
  private static List<String> ranges(String accept) {
    return Arrays.stream(accept.split(",", -1)).map(String::strip).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // pip 26, uv, a browser, curl
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01 | JSON",
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01 | JSON",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | TEXT_HTML",
        "*/* | TEXT_HTML",
        "application/vnd.pypi.simple.latest+json | JSON",
        "application/vnd.pypi.simple.latest+html | HTML",
        "application/* | JSON",
        "text/* | TEXT_HTML",
        "text/html, application/vnd.pypi.simple.v1+json | JSON",
        "text/html, application/vnd.pypi.simple.v1+json;q=0.9 | TEXT_HTML",
        "application/vnd.pypi.simple.v1+json;q=0, */* | TEXT_HTML",
        "application/vnd.pypi.simple.v1+html, */*;q=0.1 | HTML",
        "application/vnd.pypi.simple.v1+json, */* | JSON"
      })
  void choosesWhatTheClientLikesBest(String accept, PageFormat chosen) {
    assertThat(Negotiation.accepted(ranges(accept))).contains(chosen);
  }

  @Test
  void takesNoAcceptHeaderForTextHtml() {
    assertThat(Negotiation.accepted(List.of())).contains(PageFormat.TEXT_HTML);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/vnd.pypi.simple.v2+json",
        "text/html;q=0",
        "*/*;q=0",
        "text/html;q=nonsense",
        "image/png"
      })
  void hasNothingForOtherTypes(String accept) {
    assertThat(Negotiation.accepted(ranges(accept))).isEmpty();
  }
}
