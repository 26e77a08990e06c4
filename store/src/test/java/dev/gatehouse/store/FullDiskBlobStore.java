package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A store on a disk with room for so many bytes; a write that needs more is cut short and fails.
 */
public final class FullDiskBlobStore implements BlobStore {
  private final BlobStore store;
  private final AtomicLong room;

  public FullDiskBlobStore(BlobStore store, long room) {
    this.store = store;
    this.room = new AtomicLong(room);
  }

  /** Makes more room. */
  public void makeRoom(long bytes) {
    room.addAndGet(bytes);
  }

  @Override
  public Optional<Blob> find(Sha256 sha256) throws IOException {
    return store.find(sha256);
  }

  @Override
  public boolean delete(Sha256 sha256) throws IOException {
    return store.delete(sha256);
  }

  @Override
  public Stream<Sha256> list() throws IOException {
    return store.list();
  }

  @Override
  public StagedBlob stage() throws IOException {
    return new Staged(store.stage());
  }

  private final class Staged implements StagedBlob {
    private final StagedBlob staged;
    private boolean broken;

    Staged(StagedBlob staged) {
      this.staged = staged;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      if (broken || room.addAndGet(-source.remaining()) < 0) {
        broken = true;
        throw new IOException("No space left on device");
      }
      staged.write(source);
    }

    @Override
    public Blob commit() throws IOException {
      if (broken) {
        throw new IOException("a write failed before");
      }
      return staged.commit();
    }

    @Override
    public long written() {
      return staged.written();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return staged.read(target, position);
    }

    @Override
    public Path path() {
      return staged.path();
    }

    @Override
    public Sha256 digest() {
      return staged.digest();
    }

    @Override
    public void close() throws IOException {
      staged.close();
    }
  }
}
