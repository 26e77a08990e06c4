package dev.gatehouse.packaging.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
  /** FIPS 180-2, appendix B.1. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void digestsBytesStreamsAndPieces() throws IOException {
    byte[] abc = "abc".getBytes(UTF_8);
    MessageDigest pieces = Sha256.newDigest();
    pieces.update(abc, 0, 1);
    pieces.update(abc, 1, 2);
    assertThat(Sha256.digest(abc)).hasToString(OF_ABC);
    assertThat(Sha256.of(new ByteArrayInputStream(abc))).hasToString(OF_ABC);
    assertThat(Sha256.of(pieces.digest())).hasToString(OF_ABC);
  }

  @Test
  void readsEitherCase() {
    assertThat(Sha256.parse(OF_ABC.toUpperCase(Locale.ROOT))).isEqualTo(new Sha256(OF_ABC));
    assertThat(Sha256.parseIfValid(OF_ABC)).contains(new Sha256(OF_ABC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba7816bf",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adb",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a\n",
        "../../../../../../../../../../../../../../../../../../etc/passwd"
      })
  void refusesWhatIsNoSha256(String text) {
    assertThat(Sha256.parseIfValid(text)).isEmpty();
    assertThatThrownBy(() -> Sha256.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("a SHA-256 is 64 lower-case hex digits");
  }

  @Test
  void cannotBeMadeOfAnotherDigest() {
    assertThatThrownBy(() -> Sha256.of(new byte[20])).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> new Sha256(OF_ABC.toUpperCase(Locale.ROOT)))
        .isInstanceOf(MalformedException.class);
  }
}
