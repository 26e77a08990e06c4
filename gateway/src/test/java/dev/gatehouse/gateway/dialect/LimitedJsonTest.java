package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1.50,\"b\":1E+400,\"c\":-0,\"d\":123456789012345678901234567890}",
        "{\"deep\":{\"a\":[[[true,null,\"\\\\\"]]]}}",
      })
  void keepsNumbersExact(String text) throws Exception {
    assertThat(LimitedJson.text(LimitedJson.answer(text))).isEqualTo(text.replace("-0", "0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1}x",
        "{\"a\":1}{}",
        "{\"a\":1,\"a\":2}",
        "{\"b\":{\"a\":1,\"\\u0061\":2}}",
        "{'a':1}",
        "NaN",
        "{\"a\":01}",
        "// comment\n{}",
      })
  void refusesWhatIsNotOneDocumentWithEachKeyOnce(String text) {
    assertThatThrownBy(() -> LimitedJson.request(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UntranslatableException.class)
        .hasMessageStartingWith("The body is not JSON, or names a key twice");
    assertThatThrownBy(() -> LimitedJson.answer(text)).isInstanceOf(MalformedAnswerException.class);
  }

  @Test
  void refusesWhatIsBeyondItsLimits() throws Exception {
    assertThat(LimitedJson.answer("[".repeat(128) + "]".repeat(128)).isArray()).isTrue();
    for (String text :
        new String[] {
          "[".repeat(129) + "]".repeat(129),
          "[".repeat(1_000_000),
          "1".repeat(65),
          "{\"" + "a".repeat(5_000) + "\":1}"
        }) {
      assertThatThrownBy(() -> LimitedJson.answer(text))
          .isInstanceOf(MalformedAnswerException.class)
          .hasMessageContaining("goes beyond a limit");
    }
  }

  @Test
  void saysNothingOfWhatIsInIt() {
    assertThatThrownBy(() -> LimitedJson.answer("{\"key\": secret}"))
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> LimitedJson.answer("{\"secret\": 1, \"secret\": 2}"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void writesHalfASurrogatePair() throws Exception {
    assertThat(LimitedJson.bytes(LimitedJson.answer("[\"\\ud83d\"]")))
        .isEqualTo("[\"?\"]".getBytes(StandardCharsets.UTF_8));
  }
}
