package dev.gatehouse.index.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.Sha256;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpectedBytesTest {
  private static final byte[] BYTES = "gatehouse".getBytes(UTF_8);
  private static final String MD5 = "91d4c6bf0cb4d51ab8d9a44ddf8e3d26";

  private static Optional<String> check(@Nullable Long size, Map<String, String> hashes) {
    ExpectedBytes expected = new ExpectedBytes(size, hashes);
    expected.update(ByteBuffer.wrap(BYTES, 0, 4));
    expected.update(ByteBuffer.wrap(BYTES, 4, 5));
    return expected.mismatch(BYTES.length, Sha256.digest(BYTES));
  }

  @Test
  void takesWhatIsAsPromised() {
    assertThat(check(9L, Map.of("sha256", Sha256.digest(BYTES).hex()))).isEmpty();
  }

  @Test
  void takesAnythingWhereNothingIsPromised() {
    assertThat(check(null, Map.of())).isEmpty();
    assertThat(check(null, Map.of("blake2b", "00"))).isEmpty();
  }

  @Test
  void noticesAnotherSize() {
    assertThat(check(10L, Map.of())).get().asString().contains("9 bytes", "says 10");
  }

  @Test
  void noticesAnotherSha256() {
    assertThat(check(9L, Map.of("sha256", "0".repeat(64)))).get().asString().contains("sha256");
  }

  @Test
  void checksWeakHashesWhereThereAreNoOthers() {
    assertThat(check(null, Map.of("md5", "0".repeat(32)))).get().asString().contains("md5");
  }

  @Test
  void noticesAForgedWeakHashBesideATrueStrongOne() {
    assertThat(check(null, Map.of("sha256", Sha256.digest(BYTES).hex(), "md5", MD5)))
        .get()
        .asString()
        .contains("md5");
  }
}
