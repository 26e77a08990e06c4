package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValidatorTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"a\r\nHost: evil\"", "\"\u0000\"", "\"é\""})
  void holdsNothingThatCannotBeSentInAHeader(String etag) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Validator(etag, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Validator(null, etag));
  }

  @Test
  void leavesOutWhatAnUpstreamShouldNotHaveSent() {
    assertThat(Validator.believed("x".repeat(2_000), "Mon, 23 Nov 2026 10:00:00 GMT"))
        .isEqualTo(new Validator(null, "Mon, 23 Nov 2026 10:00:00 GMT"));
  }

  @Test
  void isEmptyWhenThereIsNothingToAskWith() {
    assertThat(Validator.none().isEmpty()).isTrue();
    assertThat(new Validator("W/\"1\"", null).isEmpty()).isFalse();
  }
}
