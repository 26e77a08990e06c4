package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.util.Arrays;

/**
 * Cuts a stream of server-sent events (WHATWG HTML, section 9.2) where an event ends, and changes
 * no byte of it. A client is given whole events alone: where the provider breaks off, what it was
 * given is still well-formed.
 */
final class EventSplitter {
  /** A whole image in one event has some megabytes. */
  private static final int MOST_BYTES = 16 << 20;

  private byte[] gathered = new byte[4096];
  private int length;

  /** Where in the gathered bytes the current event begins, and its current line. */
  private int event;

  private int line;
  private int read;
  private boolean afterReturn;

  /** Whether a blank line ended in a carriage return, and the event ends behind what follows. */
  private boolean blankReturn;

  /** Where the next bytes to be written begin; what is before the current event is kept. */
  private int kept;

  /** Takes what is cut. */
  interface Sink<E extends Exception> {
    /** Looks at an event, its blank line included, and says whether it is kept. */
    boolean keeps(byte[] bytes, int from, int to);

    /** Takes events that were kept and lie beside each other: together, since each write costs. */
    void write(byte[] bytes, int from, int to) throws E;
  }

  /**
   * Takes the next bytes and gives the events that they complete.
   *
   * @throws MalformedAnswerException where an event is too large
   */
  <E extends Exception> void take(byte[] bytes, int offset, int count, Sink<E> to)
      throws MalformedAnswerException, E {
    append(bytes, offset, count);
    for (; read < length; read++) {
      byte b = gathered[read];
      if (blankReturn && b != '\n') {
        give(read, to);
      }
      if (b == '\n' && afterReturn) {
        // It belongs to the line end before it.
        line = read + 1;
        if (blankReturn) {
          give(read + 1, to);
        }
      } else if (b == '\n') {
        if (endLine()) {
          give(read + 1, to);
        }
      } else if (b == '\r') {
        // Whether a line feed follows is not known yet.
        blankReturn = endLine();
      }
      afterReturn = b == '\r';
    }
    flush(event, to);
    compact();
  }

  /** Whether the line that ends here is blank. */
  private boolean endLine() {
    boolean blank = line == read;
    line = read + 1;
    return blank;
  }

  private <E extends Exception> void give(int end, Sink<E> to) throws E {
    blankReturn = false;
    int from = event;
    event = end;
    if (!to.keeps(gathered, from, end)) {
      flush(from, to);
      kept = end;
    }
  }

  private <E extends Exception> void flush(int end, Sink<E> to) throws E {
    if (end > kept) {
      to.write(gathered, kept, end);
    }
    kept = end;
  }

  private void append(byte[] bytes, int offset, int count) throws MalformedAnswerException {
    if (length - event + count > MOST_BYTES) {
      throw new MalformedAnswerException(
          "an event of the provider's stream is bigger than %d bytes".formatted(MOST_BYTES));
    }
    if (length + count > gathered.length) {
      gathered = Arrays.copyOf(gathered, Math.max(length + count, gathered.length * 2));
    }
    System.arraycopy(bytes, offset, gathered, length, count);
    length += count;
  }

  private void compact() {
    if (event == 0) {
      return;
    }
    System.arraycopy(gathered, event, gathered, 0, length - event);
    length -= event;
    line -= event;
    read -= event;
    kept = 0;
    event = 0;
  }

  /** What came after the last blank line: some providers leave the last one out. */
  <E extends Exception> void end(Sink<E> to) throws E {
    if (length > event) {
      give(length, to);
      flush(length, to);
    }
  }
}
