package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingAnswerTest {
  private final AtomicInteger aborted = new AtomicInteger();
  private final Response response =
      (Response)
          Proxy.newProxyInstance(
              IncomingAnswerTest.class.getClassLoader(),
              new Class<?>[] {Response.class},
              (_, method, _) -> {
                if (method.getName().equals("getStatus")) {
                  return 200;
                }
                aborted.incrementAndGet();
                return null;
              });
  private final IncomingAnswer incoming = new IncomingAnswer();

  /** Gives its parts one after the other, as if the network were always faster. */
  private final class Parts implements Content.Source {
    private final Queue<byte[]> left;
    private int reads;

    Parts(List<byte[]> parts) {
      this.left = new ArrayDeque<>(parts);
    }

    @Override
    public Content.Chunk read() {
      byte[] part = left.poll();
      if (part == null) {
        return Content.Chunk.EOF;
      }
      reads++;
      return Content.Chunk.from(ByteBuffer.wrap(part), false);
    }

    @Override
    public void demand(Runnable taking) {
      taking.run();
      if (left.isEmpty()) {
        incoming.onSuccess(response);
      }
    }

    @Override
    public void fail(Throwable why) {
      throw new AssertionError(why);
    }
  }

  @Test
  void isReadNoFurtherThanALittleAheadOfItsReader() throws Exception {
    Parts endless = new Parts(Collections.nCopies(100, new byte[1000]));
    incoming.onHeaders(response);
    incoming.onContentSource(response, endless);
    assertThat(endless.reads).isEqualTo(9);
    assertThat(incoming.body().readNBytes(9000)).hasSize(9000);
    assertThat(endless.reads).isEqualTo(9);
    assertThat(incoming.body().read()).isZero();
    assertThat(endless.reads).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void keepsEveryByteHoweverItComesAndIsRead(long seed) throws Exception {
    Random random = new Random(seed);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    List<byte[]> parts =
        random
            .ints(200, 0, 20_000)
            .mapToObj(
                length -> {
                  byte[] part = new byte[random.nextBoolean() ? length : length % 50];
                  random.nextBytes(part);
                  whole.writeBytes(part);
                  return part;
                })
            .toList();
    incoming.onHeaders(response);
    incoming.onContentSource(response, new Parts(parts));
    assertThat(incoming.head()).isSameAs(response);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    InputStream body = incoming.body();
    byte[] buffer = new byte[9_000];
    for (int count = body.read(buffer, 0, 1 + random.nextInt(9_000));
        count >= 0;
        count = body.read(buffer, 0, 1 + random.nextInt(9_000))) {
      got.write(buffer, 0, count);
    }
    assertThat(Arrays.equals(got.toByteArray(), whole.toByteArray())).isTrue();
    body.close();
    assertThat(aborted).hasValue(0);
  }

  /** A server may answer a body that it does not read to its end: that it is too large, say. */
  @Test
  void tellsOfAnAnswerWhoseRequestWasNotSentToItsEnd() throws Exception {
    FutureTask<byte[]> reading =
        new FutureTask<>(
            () -> {
              incoming.head();
              return incoming.body().readAllBytes();
            });
    Thread reader = Thread.ofVirtual().start(reading);
    incoming.onHeaders(response);
    incoming.onContentSource(response, new Parts(List.of(new byte[10])));
    incoming.onSuccess(response);
    assertThat(reader.join(Duration.ofSeconds(30))).isTrue();
    assertThat(reading.get()).hasSize(10);
  }

  @Test
  void givesWhatCameBeforeItFailed() throws Exception {
    incoming.onHeaders(response);
    incoming.onContentSource(
        response,
        new Content.Source() {
          private boolean given;

          @Override
          public Content.@Nullable Chunk read() {
            if (given) {
              return null;
            }
            given = true;
            return Content.Chunk.from(ByteBuffer.wrap("four".getBytes(US_ASCII)), false);
          }

          @Override
          public void demand(Runnable taking) {
            incoming.onFailure(response, new IOException("cut"));
          }

          @Override
          public void fail(Throwable why) {
            throw new AssertionError(why);
          }
        });
    InputStream body = incoming.body();
    assertThat(body.readNBytes(4)).asString(US_ASCII).isEqualTo("four");
    assertThatThrownBy(body::read).hasRootCauseMessage("cut");
  }

  @Test
  void isBrokenOffByWhoClosesItUnread() throws Exception {
    incoming.onHeaders(response);
    incoming.onContentSource(response, new Parts(List.of(new byte[10_000], new byte[1])));
    incoming.body().close();
    assertThat(aborted).hasValue(1);
  }
}
