package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A blob that is being written to a local file.
 *
 * <p>It is written and followed through {@link RandomAccessFile}, not through a channel: a channel
 * is closed for everybody when one of its users is interrupted, and one client that goes away must
 * not end the download of the others. Followers share one reader and take turns at it; each turn
 * copies at most {@link #LONGEST_TURN} bytes out of the page cache.
 */
final class StagedFile implements StagedBlob {
  private static final int LONGEST_TURN = 256 * 1024;

  private final Path path;
  private final FileBlobStore store;
  private final MessageDigest digest = Sha256.newDigest();
  private final RandomAccessFile writer;
  private final RandomAccessFile reader;
  private final Object turn = new Object();
  private volatile long written;
  private boolean broken;
  private volatile boolean closed;
  private @Nullable Blob committed;

  private StagedFile(
      Path path, FileBlobStore store, RandomAccessFile writer, RandomAccessFile reader) {
    this.path = path;
    this.store = store;
    this.writer = writer;
    this.reader = reader;
  }

  static StagedFile create(Path path, FileBlobStore store) throws IOException {
    PrivateFiles.createFile(path);
    RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw");
    try {
      return new StagedFile(path, store, writer, new RandomAccessFile(path.toFile(), "r"));
    } catch (IOException e) {
      writer.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    requireWritable();
    if (!source.hasArray()) {
      write(ByteBuffer.wrap(copyOf(source)));
      return;
    }
    int length = source.remaining();
    int offset = source.arrayOffset() + source.position();
    broken = true; // until the bytes are in the file, and nothing but them
    writer.write(source.array(), offset, length);
    broken = false;
    digest.update(source);
    // Written by one thread only; volatile publishes the bytes before it to the followers.
    long total = written + length;
    written = total;
  }

  private static byte[] copyOf(ByteBuffer source) {
    byte[] copy = new byte[source.remaining()];
    source.get(copy);
    return copy;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("closed already: " + path);
    }
  }

  private void requireWritable() throws IOException {
    requireOpen();
    if (broken) {
      throw new IOException("a write failed before: " + path);
    }
    if (committed != null) {
      throw new IOException("committed already: " + path);
    }
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    requireOpen();
    long there = Math.max(0, written - position);
    int wanted = (int) Math.min(Math.min(target.remaining(), LONGEST_TURN), there);
    if (wanted == 0) {
      return 0;
    }
    if (target.hasArray()) {
      read(target.array(), target.arrayOffset() + target.position(), wanted, position);
      target.position(target.position() + wanted);
    } else {
      byte[] copy = new byte[wanted];
      read(copy, 0, wanted, position);
      target.put(copy);
    }
    return wanted;
  }

  private void read(byte[] target, int offset, int length, long position) throws IOException {
    synchronized (turn) {
      reader.seek(position);
      reader.readFully(target, offset, length);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Sha256 digest() {
    try {
      return Sha256.of(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("SHA-256 of every Java platform can be cloned", e);
    }
  }

  @Override
  public Blob commit() throws IOException {
    Blob done = committed;
    if (done == null) {
      requireWritable();
      writer.getFD().sync();
      done = store.adopt(path, digest());
      committed = done;
    }
    return done;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (reader;
        writer) {
      if (committed == null) {
        Files.deleteIfExists(path);
      }
    }
  }
}
