package dev.gatehouse.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> KNOWN = List.of("listen", "public-url", "data");

  @ParameterizedTest
  @CsvSource({"lisen,listen", "litsen,listen", "public_url,public-url", "dat,data", "Data,data"})
  void findsTheWordThatWasMeant(String written, String meant) {
    assertThat(NearestWord.find(written, KNOWN)).contains(meant);
  }

  @Test
  void findsNoneForAWordThatIsFarFromAll() {
    assertThat(NearestWord.find("wombat", KNOWN)).isEmpty();
    assertThat(NearestWord.find("x".repeat(10_000), KNOWN)).isEmpty();
  }
}
