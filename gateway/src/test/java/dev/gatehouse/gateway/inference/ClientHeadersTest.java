package dev.gatehouse.gateway.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.inference.Call.ClientOptions;
import dev.gatehouse.gateway.usage.Labels;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class ClientHeadersTest {
  private static HttpFields headers(String... namesAndValues) {
    HttpFields.Mutable headers = HttpFields.build();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  @Test
  void readsWhatACallIsFor() {
    HttpFields headers =
        headers(
            "x-litellm-tags", "nightly, search",
            "X-LiteLLM-Tags", "search,report",
            "x-litellm-end-user-id", "ann");

    assertThat(ClientHeaders.read(headers, "bob").labels())
        .isEqualTo(new Labels("ann", List.of("nightly", "search", "report")));
  }

  @Test
  void takesTheBodysWordWhereNoHeaderSaysWhomACallServes() {
    assertThat(ClientHeaders.read(headers(), "bob").labels())
        .isEqualTo(new Labels("bob", List.of()));
    assertThat(ClientHeaders.read(headers("x-litellm-end-user-id", " "), "bob").labels())
        .isEqualTo(new Labels("bob", List.of()));
  }

  @Test
  void makesNothingForAClientThatSaysNothing() {
    assertThat(ClientHeaders.read(headers("accept", "*/*"), null)).isSameAs(ClientOptions.NONE);
  }
}
