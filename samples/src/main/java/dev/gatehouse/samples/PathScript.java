package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * What a fake index does, for one path, instead of what it should. A script has three parts, and
 * the last word counts for each: what comes before the answer, what the head says, how the content
 * leaves. So a path may hang and then answer 503.
 */
public final class PathScript {
  private Step before = out -> {};
  private UnaryOperator<Answer> head = UnaryOperator.identity();
  private Body body = Body.WHOLE;
  private long timesLeft = Long.MAX_VALUE;

  PathScript() {}

  /** Something done on the wire before the answer. */
  private interface Step {
    void run(OutputStream out) throws IOException;
  }

  /** From now on the path does as it should. */
  public synchronized void heals() {
    before = out -> {};
    head = UnaryOperator.identity();
    body = Body.WHOLE;
    timesLeft = Long.MAX_VALUE;
  }

  /** Plays this script for the next so many requests only; later ones get what they should. */
  public synchronized PathScript times(int requests) {
    timesLeft = requests;
    return this;
  }

  /** Says nothing at all until released, then answers. */
  public synchronized Gate hangs() {
    Gate gate = new Gate();
    before = out -> gate.pass();
    return gate;
  }

  /** Closes the connection without an answer. */
  public synchronized PathScript dropsConnection() {
    before =
        out -> {
          throw new EndOfConnection();
        };
    return this;
  }

  /** Sends header after header until the client has enough. */
  public synchronized PathScript sendsEndlessHeader() {
    before =
        out -> {
          byte[] line = "X-Endless: and so on and so on and so on\r\n".getBytes(ISO_8859_1);
          out.write("HTTP/1.1 200 Scripted\r\n".getBytes(ISO_8859_1));
          while (true) {
            out.write(line);
          }
        };
    return this;
  }

  /** Answers with this status, and a text that says so. */
  public PathScript answers(int status) {
    return says(normal -> Answer.of(status, "scripted status " + status));
  }

  /** Answers with these bytes, whatever was asked for. */
  public PathScript answers(int status, String contentType, byte[] content) {
    return says(normal -> Answer.of(status, contentType, content));
  }

  /** Redirects to wherever. */
  public PathScript redirectsTo(URI target) {
    return says(normal -> Answer.redirect(302, target.toString()));
  }

  /** Sends other bytes of the same length. */
  public PathScript sendsWrongBytes() {
    return says(normal -> normal.withContent(flipped(normal.content())));
  }

  private static byte[] flipped(byte[] content) {
    byte[] wrong = content.clone();
    wrong[wrong.length - 1] ^= 1;
    return wrong;
  }

  /** Sends these bytes instead, under a true length. */
  public PathScript sendsInstead(byte[] content) {
    return says(normal -> normal.withContent(content));
  }

  /** Declares another length than it sends, then closes the connection. */
  public PathScript declaresLength(long length) {
    return says(
        normal ->
            normal.with("Content-Length", String.valueOf(length)).with("Connection", "close"));
  }

  /** Declares no length: the content ends with the connection. */
  public PathScript declaresNoLength() {
    return says(Answer::untilClosed);
  }

  /** Packs the content with gzip, as upstreams do with pages. */
  public PathScript compresses() {
    return says(
        normal -> normal.withContent(gzip(normal.content())).with("Content-Encoding", "gzip"));
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory is no disk", e);
    }
    return packed.toByteArray();
  }

  /** Gives the content another type. */
  public PathScript hasContentType(String type) {
    return says(normal -> normal.with("Content-Type", type));
  }

  /** Adds a header, or replaces one; leaves what else was scripted. */
  public synchronized PathScript hasHeader(String name, String value) {
    UnaryOperator<Answer> scripted = head;
    return says(normal -> scripted.apply(normal).with(name, value));
  }

  /** Sends so many bytes of the content and no more until released; counted from the first. */
  public synchronized Gate pausesAfter(int bytes) {
    Gate gate = new Gate();
    body = Body.gated(bytes, gate);
    return gate;
  }

  /** Sends only the bytes that the test gives; counted from the first of the content. */
  public synchronized Drip drips() {
    Drip drip = new Drip();
    body = Body.dripping(drip);
    return drip;
  }

  /** Closes the connection after so many bytes of the content, whose true length was declared. */
  public synchronized PathScript truncatesAfter(int bytes) {
    body = Body.truncated(bytes);
    return this;
  }

  /** Makes a page larger by so many bytes, all of them spaces before its content. */
  public synchronized PathScript isLargerBy(long bytes) {
    body = Body.padded(bytes);
    return says(
        normal -> normal.with("Content-Length", String.valueOf(bytes + normal.content().length)));
  }

  /** Sends a page that unpacks to that many bytes more, though it is a thousandth of them. */
  public synchronized PathScript sendsGzipBomb(long unpackedBytes) {
    body = Body.bomb(unpackedBytes);
    return says(normal -> normal.untilClosed().with("Content-Encoding", "gzip"));
  }

  private synchronized PathScript says(UnaryOperator<Answer> other) {
    head = other;
    return this;
  }

  /** Plays the script once, or answers as one should when its times are over. */
  boolean play(Answer normal, boolean headOnly, OutputStream out) throws IOException {
    Scene scene = next();
    scene.before.run(out);
    Answer answer = scene.head.apply(normal);
    answer.writeHead(out);
    if (!headOnly) {
      scene.body.send(answer.content(), out);
    }
    out.flush();
    return !answer.isLast();
  }

  private record Scene(Step before, UnaryOperator<Answer> head, Body body) {}

  private synchronized Scene next() {
    if (timesLeft == 0) {
      heals();
    } else {
      timesLeft--;
    }
    return new Scene(before, head, body);
  }
}
