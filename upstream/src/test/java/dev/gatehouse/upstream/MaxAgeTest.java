package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaxAgeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=600, public | 600",
        "public,MAX-AGE=60 | 60",
        "max-age=0 | 0",
        "max-age=60, max-age=600 | 60",
        "max-age=600, no-cache | 0",
        "no-store | 0",
        "no-cache=\"Set-Cookie\" | 0",
        "max-age=9999999999 | 9999999999",
      })
  void isWhatTheHeaderSays(String header, long seconds) {
    assertThat(MaxAge.of(Optional.of(header))).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=", "max-age=-1", "max-age=ten", "max-age=99999999999999999999"})
  void isZeroWhenItCannotBeRead(String header) {
    assertThat(MaxAge.of(Optional.of(header))).isZero();
  }

  @Test
  void isUnknownWhenNothingIsSaid() {
    assertThat(MaxAge.of(Optional.empty())).isNull();
    assertThat(MaxAge.of(Optional.of("public, s-maxage=60"))).isNull();
  }
}
