package dev.gatehouse.inbound;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened, in order, to be closed in the other order: every part, whatever the others
 * throw.
 */
public final class Parts implements Closeable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Adds what was just opened. */
  public <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  /** Closes everything because of a failure, to which what goes wrong meanwhile is added. */
  public void closeAfter(Throwable failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IOException("not everything could be closed: " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
