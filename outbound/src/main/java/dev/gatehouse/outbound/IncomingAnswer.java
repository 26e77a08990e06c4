package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it comes: its head, then its body, as what blocks who asked.
 *
 * <p>What hears of it never waits. The selecting thread therefore takes whatever has come itself,
 * up to {@value #AHEAD_BYTES} bytes ahead of the reader, and wakes the reader once: a short answer
 * is over, and its connection free, before anybody looks at it. Of a long one no more is taken than
 * is read, so that a slow reader slows the sender.
 */
final class IncomingAnswer
    implements Request.SuccessListener,
        Response.HeadersListener,
        Response.ContentSourceListener,
        Response.SuccessListener,
        Response.FailureListener,
        Response.CompleteListener {
  private static final int FIRST_FINAL = 200;
  private static final int AHEAD_BYTES = 8 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Content.Chunk> parts = new ArrayDeque<>(2);
  private int held;
  private @Nullable Response response;
  private boolean headIsThere;
  private Content.@Nullable Source paused;
  private @Nullable Throwable failure;
  private boolean sent;
  private boolean ended;
  private boolean closed;

  /**
   * Waits for the head of the final answer.
   *
   * @throws ExecutionException where there will be none, with its cause
   */
  Response head() throws InterruptedException, ExecutionException {
    lock.lock();
    try {
      while (!headIsThere && failure == null) {
        changed.await();
      }
      if (!headIsThere || response == null) {
        throw new ExecutionException(failure);
      }
      return response;
    } finally {
      lock.unlock();
    }
  }

  /** Whether all of the body has come, be it read or not. */
  boolean isOver() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** The body. Its first reader is its only one. */
  InputStream body() {
    return new Body();
  }

  /**
   * Interim answers (1xx) that the client knows it passes over itself; those it does not know it
   * would give as an answer without a body, whose status is then that of the next: an empty page
   * that looks like a good one.
   */
  @Override
  public void onHeaders(Response head) {
    if (head.getStatus() >= FIRST_FINAL) {
      response = head;
      return;
    }
    var _ =
        head.abort(
            new OutboundException(
                Code.MALFORMED, "it answered with the unknown interim status " + head.getStatus()));
  }

  @Override
  public void onContentSource(Response head, Content.Source source) {
    take(source);
  }

  /** Takes what has come; the reader hears of it when there is no more, or enough. */
  private void take(Content.Source source) {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        tell(() -> headIsThere = true);
        source.demand(taking(source));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        return; // told as the answer's
      }
      boolean last = chunk.isLast();
      boolean enough = !keep(chunk) && !last;
      if (enough) {
        tell(
            () -> {
              headIsThere = true;
              paused = source;
            });
      }
      if (enough || last) {
        return;
      }
    }
  }

  private Invocable.Task taking(Content.Source source) {
    return Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> take(source));
  }

  /**
   * Keeps what has come. What is short is copied: else a few bytes would hold a whole buffer.
   *
   * @return whether there is room for more
   */
  private boolean keep(Content.Chunk chunk) {
    int length = chunk.remaining();
    lock.lock();
    try {
      if (length > AHEAD_BYTES && !closed) {
        parts.add(chunk);
      } else {
        if (length > 0 && !closed) {
          byte[] copy = new byte[length];
          chunk.getByteBuffer().get(copy);
          parts.add(Content.Chunk.from(ByteBuffer.wrap(copy), false));
        }
        chunk.release();
      }
      held += length;
      return held < AHEAD_BYTES;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onSuccess(Request request) {
    lock.lock();
    try {
      sent = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The reader hears of the end when the connection is free for its next request, unless the answer
   * came before its request was sent to the end, which it may never be then.
   */
  @Override
  public void onSuccess(Response head) {
    lock.lock();
    try {
      headIsThere = true;
      ended = true;
      if (!sent) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onFailure(Response head, Throwable why) {
    tell(() -> fail(why));
  }

  /** A request that could not be sent has no answer that fails. */
  @Override
  public void onComplete(Result result) {
    tell(
        () -> {
          if (result.isFailed()) {
            fail(result.getFailure());
          }
        });
  }

  /** Makes it fail, unless all has come. */
  void breakOff(Throwable why) {
    tell(() -> fail(why));
  }

  private void fail(Throwable why) {
    if (failure == null && !ended) {
      failure = why;
    }
  }

  private void tell(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Body extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Waits until something has come; what came before a failure is given before it is told. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (true) {
        Content.Source more;
        lock.lock();
        try {
          int count = takePart(target, offset, length);
          if (count != 0) {
            return count;
          }
          more = paused;
          paused = null;
          if (more == null) {
            changed.await();
          }
        } catch (InterruptedException e) {
          throw new InterruptedIOException();
        } finally {
          lock.unlock();
        }
        if (more != null) {
          more.demand(taking(more));
        }
      }
    }

    /**
     * Gives of the first part.
     *
     * @return how many bytes; 0: there are none yet; -1: all were given
     */
    private int takePart(byte[] target, int offset, int length) throws IOException {
      if (closed) {
        throw new AsynchronousCloseException();
      }
      Content.Chunk part = parts.peek();
      if (part == null) {
        if (failure != null) {
          throw new IOException(failure);
        }
        return ended ? -1 : 0;
      }
      int count = part.get(target, offset, length);
      held -= count;
      if (!part.hasRemaining()) {
        parts.remove();
        part.release();
      }
      return count;
    }

    /** What has not come by now does not come any more. */
    @Override
    public void close() {
      boolean broken;
      lock.lock();
      try {
        broken = !closed && !ended && failure == null;
        closed = true;
        parts.forEach(Content.Chunk::release);
        parts.clear();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (broken && response != null) {
        var _ = response.abort(new AsynchronousCloseException());
      }
    }
  }
}
