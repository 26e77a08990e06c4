package dev.gatehouse.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErasingStreamTest {
  private static final String SECRET = "ab/cd+ef=";
  private static final String OTHER = "abcdefgh";

  /** Gives no more than so many bytes at a time. */
  private static InputStream inPieces(String text, int size) {
    return new ByteArrayInputStream(text.getBytes(UTF_8)) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(size, length));
      }
    };
  }

  private static String erased(String text, int size) throws IOException {
    try (InputStream in =
        new ErasingStream(
            inPieces(text, size), -1, List.of(SECRET.getBytes(UTF_8), OTHER.getBytes(UTF_8)))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "xab/cd+ef=y, x*********y",
    "ab/cd+ef=ab/cd+ef=, ******************",
    "abab/cd+ef=, ab*********",
    "abcdefghab/cd+ef=, *****************",
    "x ab\\/cd+ef= y, x ********** y",
    "x ab/cd\\u002Bef\\u003d y, x ******************* y",
    "x ab\\u002fcd\\u002bef= y, x ******************* y",
    "ab/cd+ef, ab/cd+ef",
    "ab/cd+e\\, ab/cd+e\\",
    "ab\\u012fcd+ef=, ab\\u012fcd+ef=",
    "ab\\u00, ab\\u00",
    "AB/CD+EF=, AB/CD+EF="
  })
  void erasesASecretHoweverItIsCutAndEscaped(String text, String left) throws IOException {
    for (int size = 1; size <= text.length(); size++) {
      assertThat(erased(text, size)).as("in pieces of %d", size).isEqualTo(left);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 16_383, 16_384, 1 << 20})
  void keepsTheRestWhateverItsLength(int size) throws IOException {
    String text = ("ab/cd+e " + "x".repeat(991)).repeat(100);
    assertThat(erased(text, size)).isEqualTo(text);
    assertThat(erased(text + SECRET, size)).isEqualTo(text + "*********");
  }
}
