package dev.gatehouse.packaging.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedHashTest {
  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void readsWhatPep427Allows(HashAlgorithm algorithm) {
    byte[] digest = algorithm.newDigest().digest(new byte[] {1, 2, 3});
    String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);

    RecordedHash hash = RecordedHash.parse(algorithm.text() + "=" + base64);

    assertThat(hash.matches(digest)).isTrue();
    assertThat(hash.encoding()).isEqualTo(RecordedHash.Encoding.BASE64_URL);
    digest[0]++;
    assertThat(hash.matches(digest)).isFalse();
  }

  @Test
  void saysHowADigestIsWritten() {
    byte[] digest = HashAlgorithm.SHA256.newDigest().digest(new byte[] {7});
    String hex = HexFormat.of().withUpperCase().formatHex(digest);

    assertThat(RecordedHash.parse("sha256=" + hex).encoding()).isEqualTo(RecordedHash.Encoding.HEX);
    assertThat(RecordedHash.parse("sha256=" + hex).matches(digest)).isTrue();
    assertThat(
            RecordedHash.parse("sha256=" + Base64.getEncoder().encodeToString(digest)).encoding())
        .isEqualTo(RecordedHash.Encoding.BASE64_OTHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "sha256", "md5=1B2M2Y8AsgTpgAmY7PhCfg", "sha256=", "sha256=AAAA", "sha256=*"})
  void refusesWhatIsNoHash(String text) {
    assertThatThrownBy(() -> RecordedHash.parse(text)).isInstanceOf(MalformedException.class);
  }
}
