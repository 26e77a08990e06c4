package dev.gatehouse.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 0, 999",
    "bytes=500-, 500, 999",
    "bytes=0-0, 0, 0",
    "bytes=10-19, 10, 19",
    "bytes=990-5000, 990, 999",
    "bytes=-10, 990, 999",
    "bytes=-5000, 0, 999",
    "bytes=999-999, 999, 999"
  })
  void readsWhatIsAskedForAndCutsItToTheFile(String header, long first, long last) {
    assertThat(ByteRange.parse(header, 1000)).contains(new ByteRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=5000-6000", "bytes=-0"})
  void cannotSatisfyWhatLiesBehindTheEnd(String header) {
    assertThat(ByteRange.parse(header, 1000)).get().matches(range -> !range.isSatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,5-6",
        "items=0-1",
        "bytes=-",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=0-99999999999999999999"
      })
  void givesTheWholeFileForWhatItDoesNotHonour(String header) {
    assertThat(ByteRange.parse(header, 1000)).isEmpty();
  }
}
