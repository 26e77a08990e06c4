package dev.gatehouse.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.inference.RequestScan.UnfitException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScanTest {
  private static RequestScan scan(String body) throws UnfitException {
    return RequestScan.of(body.getBytes(UTF_8), null);
  }

  private static String rewritten(String body, String model, boolean usage) throws UnfitException {
    return new String(scan(body).rewritten(model, usage), UTF_8);
  }

  @Nested
  class Reading {
    @Test
    void findsWhatItMustKnow() throws UnfitException {
      RequestScan scan =
          scan(
              """
              {"messages": [{"role": "user", "content": "\\"model\\": no"}], "stream": true,
               "max_tokens": 7, "model": "fast", "stream_options": {"x": {}, "include_usage": true}}
              """);

      assertThat(scan.model()).isEqualTo("fast");
      assertThat(scan.isStreamed()).isTrue();
      assertThat(scan.asksForUsage()).isTrue();
      assertThat(scan.mostOutput()).hasValue(7);
      assertThat(scan.strangeField()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_base", "api_key", "base_url", "extra_headers", "headers"})
    void seesAFieldThatWouldChooseTheAddressOrTheKey(String field) throws UnfitException {
      assertThat(scan("{\"model\": \"m\", \"" + field + "\": 1}").strangeField()).hasValue(field);
      assertThat(scan("{\"model\": \"m\", \"x\": {\"" + field + "\": 1}}").strangeField())
          .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"model\": \"a\", \"x\": 1, \"model\": \"b\"} | the key \"model\" twice",
          "{\"model\": \"a\", \"\\u006dodel\": \"b\"} | the key \"model\" twice",
          "{\"model\": 1} | not a text",
          "{\"model\": \"\"} | names no model",
          "{\"x\": 1} | names no model",
          "{} | asks nothing",
          "[] | not a JSON object",
          "{\"model\": \"a\", \"background\": true} | in the background",
          "{\"model\": \"a\"} {} | not one JSON object",
          "{\"model\": \"a\" | is not JSON",
          "{'model': 'a'} | is not JSON"
        })
    void refuses(String body, String why) {
      assertThatThrownBy(() -> scan(body))
          .isInstanceOf(UnfitException.class)
          .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"model\": \"m\", \"user\": \"ann\"} | ann",
          "{\"model\": \"m\", \"metadata\": {\"a\": [{}], \"user_id\": \"bob\", \"b\": 1}} | bob",
          "{\"metadata\": {\"user_id\": \"bob\"}, \"user\": \"ann\", \"model\": \"m\"} | ann",
          "{\"user\": \"ann\", \"metadata\": {\"user_id\": \"bob\"}, \"model\": \"m\"} | ann",
          "{\"model\": \"m\", \"user\": {\"user\": \"x\"}, \"metadata\": [{\"user_id\": \"y\"}]} |",
          "{\"model\": \"m\", \"metadata\": {\"user_id\": 7, \"user\": \"x\"}, \"x\": {\"user\": \"y\"}} |"
        })
    void seesWhomACallServes(String body, @Nullable String endUser) throws UnfitException {
      assertThat(scan(body).endUser()).isEqualTo(Optional.ofNullable(endUser));
      assertThat(scan(body).model()).isEqualTo("m");
    }

    @Test
    void holdsNoLongNameOfWhomACallServes() throws UnfitException {
      String body = "{\"model\": \"m\", \"user\": \"" + "u".repeat(100_000) + "\"}";

      assertThat(scan(body).endUser().orElseThrow()).hasSize(257);
    }

    /** Nothing would be reserved for an answer that has no end. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "-9223372036854775808", "null", "1.5", "\"7\""})
    void takesNoNumberForABoundThatIsNone(String most) throws UnfitException {
      assertThat(scan("{\"model\": \"m\", \"max_tokens\": " + most + "}").mostOutput()).isEmpty();
    }

    @Test
    void refusesWhatNestsTooDeep() {
      String deep = "[".repeat(200) + "]".repeat(200);

      assertThatThrownBy(() -> scan("{\"model\": \"m\", \"x\": " + deep + "}"))
          .hasMessageContaining("nest");
    }

    @Test
    void refusesOtherEncodings() {
      byte[] body = "{\"model\": \"m\"}".getBytes(UTF_16);

      assertThatThrownBy(() -> RequestScan.of(body, null)).hasMessageContaining("UTF-8");
    }

    @Test
    void takesTheModelOfThePathBeforeThatOfTheBody() throws UnfitException {
      RequestScan scan = RequestScan.of("{\"model\": \"body\", \"x\": 1}".getBytes(UTF_8), "path");

      assertThat(scan.model()).isEqualTo("path");
      assertThat(new String(scan.rewritten("other", false), UTF_8))
          .isEqualTo("{\"model\": \"other\", \"x\": 1}");
    }
  }

  @Nested
  class Rewriting {
    @Test
    void leavesEveryOtherByteAsItIs() throws UnfitException {
      String body = " { \"a\" : [1.50, 1e400] ,\t\"model\"  : \"f\\u0061st\", \"ü\": \"€\" }\n";

      assertThat(rewritten(body, "gpt-5", false))
          .isEqualTo(body.replace("\"f\\u0061st\"", "\"gpt-5\""));
    }

    @Test
    void givesTheSameBytesWhereNothingChanges() throws UnfitException {
      RequestScan scan = scan("{\"model\": \"m\"}");

      assertThat(scan.rewritten("m", false)).isSameAs(scan.body());
    }

    @Test
    void quotesTheModel() throws UnfitException {
      assertThat(rewritten("{\"model\": \"m\"}", "a\"b", false))
          .isEqualTo("{\"model\": \"a\\\"b\"}");
    }

    @Test
    void asksForTheUsage() throws UnfitException {
      assertThat(rewritten("{\"model\": \"m\"}", "m", true))
          .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"model\": \"m\"}");
      assertThat(rewritten("{\"stream_options\": {\"x\": 1}, \"model\": \"m\"}", "m", true))
          .isEqualTo("{\"stream_options\": {\"include_usage\":true,\"x\": 1}, \"model\": \"m\"}");
      assertThat(rewritten("{\"stream_options\": {}, \"model\": \"m\"}", "m", true))
          .isEqualTo("{\"stream_options\": {\"include_usage\":true}, \"model\": \"m\"}");
      assertThat(
              rewritten(
                  "{\"stream_options\": {\"include_usage\": false}, \"model\": \"m\"}", "m", true))
          .isEqualTo("{\"stream_options\": {\"include_usage\": true}, \"model\": \"m\"}");
      assertThat(rewritten("{\"stream_options\": null, \"model\": \"m\"}", "m", true))
          .isEqualTo("{\"stream_options\": {\"include_usage\":true}, \"model\": \"m\"}");
    }

    @Test
    void putsInAModelThatOnlyThePathNames() throws UnfitException {
      RequestScan scan = RequestScan.of("{\"x\": 1}".getBytes(UTF_8), "path");

      assertThat(new String(scan.rewritten("m", true), UTF_8))
          .isEqualTo("{\"model\":\"m\",\"stream_options\":{\"include_usage\":true},\"x\": 1}");
    }
  }
}
