package dev.gatehouse.store;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A blob that is being written to a local file.
 *
 * <p>Followers share one channel, which an interrupt of any of them closes for all. One client that
 * goes away must not end the download of the others, so whoever finds it closed opens it anew.
 */
final class StagedFile implements StagedBlob {
  private final Path path;
  private final FileBlobStore store;
  private final MessageDigest digest = Sha256.newDigest();
  private final FileChannel writer;
  private volatile FileChannel reader;
  private volatile long written;
  private volatile boolean closed;
  private boolean broken;
  private @Nullable FileBlob committed;

  private StagedFile(Path path, FileBlobStore store, FileChannel writer, FileChannel reader) {
    this.path = path;
    this.store = store;
    this.writer = writer;
    this.reader = reader;
  }

  static StagedFile create(Path path, FileBlobStore store) throws IOException {
    PrivateFiles.createFile(path);
    FileChannel writer = FileChannel.open(path, WRITE);
    try {
      return new StagedFile(path, store, writer, FileChannel.open(path, READ));
    } catch (IOException e) {
      writer.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    requireWritable();
    ByteBuffer digested = source.duplicate();
    int length = source.remaining();
    broken = true; // until the bytes are in the file, and nothing but them
    while (source.hasRemaining()) {
      writer.write(source);
    }
    broken = false;
    digest.update(digested);
    // Written by one thread only; volatile publishes the bytes before it to the followers.
    long total = written + length;
    written = total;
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

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("closed already: " + path);
    }
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    requireOpen();
    int wanted = Math.clamp(written - position, 0, target.remaining());
    if (wanted == 0) {
      return 0;
    }
    int read = readPatiently(target.slice(target.position(), wanted), position);
    target.position(target.position() + read);
    return read;
  }

  private int readPatiently(ByteBuffer target, long position) throws IOException {
    while (true) {
      try {
        return reader.read(target, position);
      } catch (ClosedByInterruptException e) {
        throw e; // it is this thread that was interrupted
      } catch (ClosedChannelException e) {
        reopen();
      }
    }
  }

  /** The commit moves the file, and must not do so in the middle of this. */
  private synchronized void reopen() throws IOException {
    requireOpen();
    if (!reader.isOpen()) {
      reader = FileChannel.open(committed == null ? path : committed.path(), READ);
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
  public synchronized Blob commit() throws IOException {
    FileBlob blob = committed;
    if (blob == null) {
      requireWritable();
      broken =
          true; // after a failed sync nobody knows what is on the disk, nor would a second tell
      writer.force(true);
      broken = false;
      blob = store.adopt(path, digest());
      committed = blob;
    }
    return blob;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (committed == null) {
        Files.deleteIfExists(path);
      }
    } finally {
      reader.close();
      writer.close();
    }
  }
}
