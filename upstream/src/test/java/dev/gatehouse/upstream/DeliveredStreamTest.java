package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeliveredStreamTest {
  private static final byte[] BYTES = {1, 2, 3, 4, 5};

  @Test
  void deliversWhatIsAsLongAsDeclared() throws Exception {
    assertThat(stream(BYTES, 5L).readAllBytes()).isEqualTo(BYTES);
    assertThat(stream(BYTES, null).readAllBytes()).isEqualTo(BYTES);
    assertThat(stream(new byte[0], 0L).read()).isEqualTo(-1);
  }

  @Test
  void refusesABodyThatEndsEarly() {
    assertThatExceptionOfType(UpstreamReadException.class)
        .isThrownBy(() -> stream(BYTES, 6L).readAllBytes())
        .satisfies(e -> assertThat(e.failure().code()).isEqualTo(Code.TRUNCATED))
        .withMessageContaining("5 of the 6 bytes");
  }

  @Test
  void refusesABodyThatGoesOnAfterItsEnd() {
    assertThatExceptionOfType(UpstreamReadException.class)
        .isThrownBy(() -> stream(BYTES, 4L).readAllBytes())
        .satisfies(e -> assertThat(e.failure().code()).isEqualTo(Code.TOO_LARGE));
  }

  @Test
  void countsBytesThatAreReadOneByOneOrSkipped() throws Exception {
    InputStream stream = stream(BYTES, 4L);
    assertThat(stream.read()).isEqualTo(1);
    stream.skipNBytes(3);

    assertThatExceptionOfType(UpstreamReadException.class)
        .isThrownBy(stream::read)
        .satisfies(e -> assertThat(e.failure().code()).isEqualTo(Code.TOO_LARGE));
  }

  @Test
  void tellsWhatWasTriedWhenTheSourceBreaks() {
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] target, int offset, int count) throws IOException {
            throw new IOException("disk on fire at /srv/secret");
          }
        };

    assertThatExceptionOfType(UpstreamReadException.class)
        .isThrownBy(() -> new DeliveredStream(broken, null, attempt(), broken).read())
        .withMessageStartingWith("Could not ask for it: ")
        .withMessageNotContaining("/srv/secret");
  }

  @Test
  void closesItsSource() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();

    new DeliveredStream(new ByteArrayInputStream(BYTES), null, attempt(), () -> closed.set(true))
        .close();

    assertThat(closed).isTrue();
  }

  private static InputStream stream(byte[] bytes, @Nullable Long length) {
    InputStream in = new ByteArrayInputStream(bytes);
    return new DeliveredStream(in, length, attempt(), in);
  }

  private static Attempt attempt() {
    return new Attempt("ask for it");
  }
}
