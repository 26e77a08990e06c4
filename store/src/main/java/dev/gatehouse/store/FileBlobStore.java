package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Blobs as plain files, {@code <root>/ab/abcd…}: a million of them are 4,000 names a folder, and
 * the 256 folders are soon there, so that keeping a file rarely waits for a new folder to be safe
 * on the disk. What is being written lies in a staging folder on the same file system, and is
 * renamed when it is whole.
 *
 * <p>The {@link DataFolder} sees to it that no other process uses the same folders: opening this
 * removes what an interrupted run left in staging.
 */
public final class FileBlobStore implements BlobStore {
  private static final String STAGED = ".part";

  private final Path root;
  private final Path staging;
  private final AtomicLong staged = new AtomicLong();

  private FileBlobStore(Path root, Path staging) {
    this.root = root;
    this.staging = staging;
  }

  /**
   * Opens the store, making its folders where they are missing.
   *
   * @throws IOException when they cannot be used, also when they lie on different file systems
   */
  public static FileBlobStore open(Path root, Path staging) throws IOException {
    PrivateFiles.createFolders(root);
    PrivateFiles.createFolders(staging);
    removeLeftovers(staging);
    requireOneFileSystem(root, staging);
    return new FileBlobStore(root, staging);
  }

  private static void removeLeftovers(Path staging) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(staging, "*" + STAGED)) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  /** Found out now rather than at the end of the first download. */
  private static void requireOneFileSystem(Path root, Path staging) throws IOException {
    Path from = staging.resolve("probe" + STAGED);
    Path to = root.resolve("probe" + STAGED);
    PrivateFiles.createFile(from);
    try {
      PrivateFiles.moveInPlace(from, to);
    } finally {
      Files.deleteIfExists(from);
      Files.deleteIfExists(to);
    }
  }

  @Override
  public Optional<Blob> find(Sha256 sha256) throws IOException {
    return findFile(sha256).map(blob -> blob);
  }

  private Optional<FileBlob> findFile(Sha256 sha256) throws IOException {
    Path file = file(sha256);
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new IOException("not a file, though a blob should be there: " + file);
      }
      return Optional.of(new FileBlob(sha256, attributes.size(), file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public StagedBlob stage() throws IOException {
    return StagedFile.create(staging.resolve(staged.incrementAndGet() + STAGED), this);
  }

  /** Takes over a file that is whole and safe on disk; the file is gone from its place then. */
  FileBlob adopt(Path file, Sha256 sha256) throws IOException {
    Path target = file(sha256);
    Optional<FileBlob> kept = findFile(sha256);
    if (kept.isPresent()) {
      PrivateFiles.sync(folder(sha256)); // whoever put it there may not have come so far yet
      Files.deleteIfExists(file);
      return kept.get();
    }
    createFolder(folder(sha256));
    long size = Files.size(file);
    PrivateFiles.moveInPlace(file, target);
    return new FileBlob(sha256, size, target);
  }

  /**
   * A folder whose own name is lost with the power takes its files along, so nobody may find it
   * before its name is safe.
   */
  private synchronized void createFolder(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      PrivateFiles.createFolders(folder);
      PrivateFiles.sync(root);
    }
  }

  @Override
  public boolean delete(Sha256 sha256) throws IOException {
    boolean deleted = Files.deleteIfExists(file(sha256));
    if (deleted) {
      PrivateFiles.sync(folder(sha256));
    }
    return deleted;
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // the caller closes it
  public Stream<Sha256> list() throws IOException {
    return Files.list(root)
        .flatMap(FileBlobStore::entries)
        .flatMap(file -> Sha256.parseIfValid(file.getFileName().toString()).stream())
        .filter(sha256 -> Files.isRegularFile(file(sha256)));
  }

  @SuppressWarnings("StreamResourceLeak") // flatMap closes it
  private static Stream<Path> entries(Path folder) {
    try {
      return Files.isDirectory(folder) ? Files.list(folder) : Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(Sha256 sha256) {
    return folder(sha256).resolve(sha256.hex());
  }

  private Path folder(Sha256 sha256) {
    return root.resolve(sha256.hex().substring(0, 2));
  }
}
