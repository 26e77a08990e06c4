package dev.gatehouse.gateway.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2) out of bytes that come split anywhere: within
 * a character, between CR and LF, within a name. Fields other than {@code event} and {@code data}
 * are passed over, as are comments. Unlike a browser it takes an event that the end cuts off before
 * its blank line: some providers leave the last one out.
 */
public final class ServerSentEvents {
  private static final int BIGGEST = 16 << 20;

  private final int biggest;
  private byte[] line = new byte[256];
  private int lineLength;
  private boolean first = true;
  private boolean afterReturn;

  private @Nullable String name;
  private @Nullable StringBuilder data;
  private long size;

  /** Reads events of at most 16 MiB. */
  public ServerSentEvents() {
    this(BIGGEST);
  }

  ServerSentEvents(int biggest) {
    this.biggest = biggest;
  }

  /** Takes each event as it is complete. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes an event.
     *
     * @throws MalformedAnswerException where it is not of the expected format
     */
    void take(ServerEvent event) throws MalformedAnswerException;
  }

  /**
   * Takes the next bytes.
   *
   * @throws MalformedAnswerException where an event is beyond the limit, or {@code to} throws it
   */
  public void take(byte[] bytes, int offset, int length, Sink to) throws MalformedAnswerException {
    int end = offset + length;
    int from = offset;
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterReturn) {
        afterReturn = false;
        from = i + 1;
      } else if (b == '\n' || b == '\r') {
        append(bytes, from, i);
        endLine(to);
        afterReturn = b == '\r';
        from = i + 1;
      } else {
        afterReturn = false;
      }
    }
    append(bytes, from, end);
  }

  /**
   * Says that there are no more bytes.
   *
   * @throws MalformedAnswerException where {@code to} throws it
   */
  public void end(Sink to) throws MalformedAnswerException {
    if (lineLength > 0) {
      endLine(to);
    }
    dispatch(to);
  }

  /** Writes an event as it is sent. */
  public static byte[] write(ServerEvent event) {
    StringBuilder out = new StringBuilder(event.data().length() + 32);
    if (event.name() != null) {
      out.append("event: ").append(event.name()).append('\n');
    }
    for (String part : event.data().split("\r\n|\r|\n", -1)) {
      out.append("data: ").append(part).append('\n');
    }
    return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void append(byte[] bytes, int from, int to) throws MalformedAnswerException {
    int count = to - from;
    size += count;
    if (size > biggest) {
      throw new MalformedAnswerException(
          "an event of the provider's stream is bigger than %d bytes".formatted(biggest));
    }
    if (lineLength + count > line.length) {
      line = Arrays.copyOf(line, Math.max(lineLength + count, line.length * 2));
    }
    System.arraycopy(bytes, from, line, lineLength, count);
    lineLength += count;
  }

  private void endLine(Sink to) throws MalformedAnswerException {
    String text = new String(line, 0, lineLength, StandardCharsets.UTF_8);
    lineLength = 0;
    if (first) {
      first = false;
      if (text.startsWith("\uFEFF")) {
        text = text.substring(1);
      }
    }
    if (text.isEmpty()) {
      dispatch(to);
    } else {
      field(text);
    }
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    String key = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    if (key.equals("event")) {
      name = value;
    } else if (key.equals("data")) {
      data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
    }
  }

  private void dispatch(Sink to) throws MalformedAnswerException {
    StringBuilder whole = data;
    String called = name;
    data = null;
    name = null;
    size = 0;
    if (whole != null) {
      to.take(
          new ServerEvent(called == null || called.isEmpty() ? null : called, whole.toString()));
    }
  }
}
