package dev.gatehouse.index.mirror;

import dev.gatehouse.store.StagedBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way from an upstream: one writes, many follow. Followers are given what has arrived
 * but for its tail; that leaves only after all of it was verified, and vetted where it has to be,
 * so that no client ever holds a whole file that was not. A wheel without its tail has no central
 * directory, a gzip no end, and no installer accepts either. What was verified leaves at once: no
 * client waits for it to be safe on the disk, which takes longer than a small file's whole way.
 *
 * <p>Vetting a large file takes longer than installers wait for the next byte (pip: 15 s). Before
 * the tail lies a reserve, of which a little leaves every few seconds meanwhile.
 *
 * <p>One lock guards the state; under it nothing is read, written or waited for but the state's own
 * condition.
 */
final class Arrival {
  /** The least that is withheld of a file's end until it was verified. */
  static final int WITHHELD = 64 * 1024;

  /**
   * Of a file that is vetted, the part of it that its tail has. A central directory takes 0.2 to 2
   * % of a large wheel.
   */
  private static final int TAIL_PART = 32;

  /** What is trickled; enough for an hour and a half. */
  private static final int RESERVE = 1024 * 1024;

  private static final int DROP = 1024;

  private static final Duration TRICKLE = Duration.ofSeconds(5);

  private final boolean gated;
  private final Duration trickle;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The writer and its followers; who leaves last closes the staged file. */
  private int users = 1;

  private @Nullable StagedBlob staged;
  private @Nullable Long size;
  private long arrived;
  private boolean verified;
  private boolean kept;
  private @Nullable MirrorFailure failure;

  /**
   * @param gated whether it has to be vetted before it leaves
   */
  Arrival(boolean gated) {
    this(gated, TRICKLE);
  }

  /**
   * @param trickle how long a follower waits for nothing but the vetting
   */
  Arrival(boolean gated, Duration trickle) {
    this.gated = gated;
    this.trickle = trickle;
  }

  /** What a follower is told. */
  sealed interface Progress {
    /** Bytes before this position may leave. */
    record Upto(long position) implements Progress {}

    /** Nothing is left to leave, and it is kept: the blob store has it. */
    record Kept() implements Progress {}

    /** It will never be whole. */
    record Failed(MirrorFailure failure) implements Progress {}
  }

  /**
   * The upstream answered and bytes are going to be written.
   *
   * @param size how many bytes it is to have; null: unknown, and then nothing leaves before the end
   */
  void begin(StagedBlob staged, @Nullable Long size) {
    locked(
        () -> {
          this.staged = staged;
          this.size = size;
        });
  }

  /** More has been written. */
  void advance(long written) {
    locked(() -> arrived = written);
  }

  /** All of the file has been written and is what it should be. */
  void verify() {
    locked(
        () -> {
          size = arrived;
          verified = true;
        });
  }

  /** The file is kept. Ends the writer's part. */
  void keep() throws IOException {
    locked(
        () -> {
          if (staged != null) {
            size = arrived;
          }
          verified = true;
          kept = true;
        });
    leave();
  }

  /** The file will never be whole. Ends the writer's part. */
  void fail(MirrorFailure why) throws IOException {
    locked(() -> failure = why);
    leave();
  }

  /** Whether it is known that the file will never be whole. */
  boolean hasFailed() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes it is to have, where that is known. */
  Optional<Long> size() {
    lock.lock();
    try {
      return Optional.ofNullable(size);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until bytes after this position may leave, or it is over. That a verified file could not
   * be kept is no concern of those who follow it.
   */
  Progress await(long position) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long mayLeave = mayLeave();
        if (verified && mayLeave > position) {
          return new Progress.Upto(mayLeave);
        }
        if (failure != null) {
          return new Progress.Failed(failure);
        }
        if (kept) {
          return new Progress.Kept();
        }
        if (mayLeave > position) {
          return new Progress.Upto(mayLeave);
        }
        if (!changed.await(trickle.toNanos(), TimeUnit.NANOSECONDS)) {
          long drop = Math.min(position + DROP, Math.min(arrived, beforeTail()));
          if (gated && drop > position) {
            return new Progress.Upto(drop);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is over, or for as long as this.
   *
   * @return {@link Progress.Upto} where it is not over by then, or needs only to be kept
   */
  Progress awaitEnd(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        if (failure != null) {
          return new Progress.Failed(failure);
        }
        if (kept) {
          return new Progress.Kept();
        }
        if (verified || left <= 0) {
          return new Progress.Upto(mayLeave());
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private long mayLeave() {
    if (verified) {
      return arrived;
    }
    long most = gated ? beforeTail() - RESERVE : beforeTail();
    return Math.max(0, Math.min(arrived, most));
  }

  private long beforeTail() {
    if (size == null) {
      return 0;
    }
    return Math.max(0, size - (gated ? Math.max(WITHHELD, size / TAIL_PART) : WITHHELD));
  }

  /**
   * The bytes as they arrive, from the first to the last. Reading waits, and throws {@link
   * ArrivalFailedException} where the file will never be whole.
   */
  Follower follow() {
    lock.lock();
    try {
      users++;
    } finally {
      lock.unlock();
    }
    return new Follower();
  }

  private void leave() throws IOException {
    StagedBlob unused;
    lock.lock();
    try {
      users--;
      unused = users == 0 ? staged : null;
    } finally {
      lock.unlock();
    }
    if (unused != null) {
      unused.close();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One client's view of the arriving bytes; for one thread. */
  final class Follower implements ReadableByteChannel {
    private long position;
    private boolean open = true;

    @Override
    public int read(ByteBuffer target) throws IOException {
      try {
        return switch (await(position)) {
          case Progress.Upto upto -> readUpto(target, upto.position());
          case Progress.Kept _ -> -1;
          case Progress.Failed failed -> throw new ArrivalFailedException(failed.failure());
        };
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a file arrived", e);
      }
    }

    private int readUpto(ByteBuffer target, long limit) throws IOException {
      StagedBlob source = staged;
      if (source == null) {
        throw new IllegalStateException("bytes arrived before the file was begun");
      }
      int wanted = (int) Math.min(target.remaining(), limit - position);
      ByteBuffer window = target.slice(target.position(), wanted);
      int read = source.read(window, position);
      target.position(target.position() + read);
      position += read;
      return read;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      if (open) {
        open = false;
        leave();
      }
    }
  }
}
