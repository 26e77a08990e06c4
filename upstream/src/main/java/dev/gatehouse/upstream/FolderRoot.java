package dev.gatehouse.upstream;

import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A folder that could be read when it was opened, and that files are taken from: none from outside
 * of it, neither by {@code ..} nor by a symbolic link. The folder itself may be a link.
 */
final class FolderRoot {
  private final Path folder;
  private final Path real;

  private FolderRoot(Path folder, Path real) {
    this.folder = folder;
    this.real = real;
  }

  /**
   * Opens a folder: only when that succeeds does a file's absence say something.
   *
   * @throws FolderException when it does not exist or cannot be read
   */
  static FolderRoot open(Path folder) throws FolderException {
    try {
      Path real = folder.toRealPath();
      if (!Files.isDirectory(real)) {
        throw new NotDirectoryException(real.toString());
      }
      if (!Files.isReadable(real) || !Files.isExecutable(real)) {
        throw new AccessDeniedException(real.toString());
      }
      return new FolderRoot(folder.toAbsolutePath().normalize(), real);
    } catch (NoSuchFileException e) {
      throw new FolderException(Code.FOLDER, "its folder does not exist", e);
    } catch (NotDirectoryException e) {
      throw new FolderException(Code.FOLDER, "its address is that of no folder", e);
    } catch (IOException e) {
      throw new FolderException(Code.FOLDER, "its folder cannot be read", e);
    }
  }

  /** The folder as the operator named it; all addresses begin with it. */
  Path folder() {
    return folder;
  }

  /** The names of what lies in a folder that {@link #inside} gave, in order. */
  static List<String> names(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return StreamSupport.stream(entries.spliterator(), false)
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * The file at an address, without links.
   *
   * @throws NoSuchFileException when there is none
   * @throws FolderException when the address leads out of the folder, or to what is no file
   */
  Path file(URI address) throws IOException {
    return file(path(address));
  }

  /** The file at a path, as {@link #file(URI)}. */
  Path file(Path path) throws IOException {
    Path file = inside(path);
    // Opening a named pipe would wait for ever.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FolderException(Code.ADDRESS, "it is no regular file");
    }
    return file;
  }

  /**
   * What lies at a path, without links.
   *
   * @throws NoSuchFileException when nothing does
   * @throws FolderException when the path leads out of the folder
   */
  Path inside(Path path) throws IOException {
    Path named = path.normalize();
    if (!named.startsWith(folder)) {
      throw outside();
    }
    Path target = named.toRealPath();
    if (!target.startsWith(real)) {
      throw outside();
    }
    return target;
  }

  private static FolderException outside() {
    return new FolderException(Code.ADDRESS, "it lies outside of the upstream's folder");
  }

  private static Path path(URI address) throws FolderException {
    boolean plain = address.getRawAuthority() == null && address.getRawQuery() == null;
    if (plain && "file".equalsIgnoreCase(address.getScheme())) {
      try {
        return Path.of(address);
      } catch (IllegalArgumentException | FileSystemNotFoundException e) {
        throw new FolderException(Code.ADDRESS, "its address is that of no file", e);
      }
    }
    throw outside();
  }
}
