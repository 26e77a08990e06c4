package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a disk, looked at when they are asked for. */
public final class DiskTree implements FileTree {
  /** More in one folder than any package index has projects. */
  private static final int MOST_ENTRIES = 1_000_000;

  private static final char UNDECODED = '\ufffd';

  private final FileSystem disk;
  private final @Nullable Path root;
  private final Class<? extends BasicFileAttributes> attributes;
  private final boolean unicode;

  private DiskTree(FileSystem disk, @Nullable Path root) {
    this.disk = disk;
    this.root = root;
    this.attributes =
        disk.supportedFileAttributeViews().contains("posix")
            ? PosixFileAttributes.class
            : BasicFileAttributes.class;
    this.unicode = isUnicode(disk);
  }

  /**
   * A folder and what is below it.
   *
   * @throws IOException where there is no such folder
   */
  public static DiskTree of(Path folder) throws IOException {
    return new DiskTree(folder.getFileSystem(), folder.toRealPath());
  }

  /** The whole machine: all drives, where there are drives. */
  public static DiskTree machine(FileSystem disk) {
    List<Path> roots = new ArrayList<>();
    disk.getRootDirectories().forEach(roots::add);
    boolean single = roots.size() == 1 && roots.getFirst().toString().equals("/");
    return new DiskTree(disk, single ? roots.getFirst() : null);
  }

  /** How a place of the disk is called in the tree of the whole machine. */
  public static String path(Path place) {
    String text = slashed(place.toAbsolutePath().normalize());
    return text.startsWith("/") ? text.substring(1) : text;
  }

  /**
   * A path with slashes; a backslash is a letter like any other, but on Windows. Java takes names
   * for what the locale says, which in containers and services often is ASCII: then it keeps the
   * bytes of others, but only an address shows them.
   */
  private static String slashed(Path path) {
    String text = path.toString();
    if (text.indexOf(UNDECODED) < 0 || !path.isAbsolute()) {
      return text.replace(path.getFileSystem().getSeparator(), "/");
    }
    String address = path.toUri().getRawPath();
    String whole = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    return URLDecoder.decode(whole.replace("+", "%2B"), UTF_8);
  }

  @Override
  public Optional<TreeEntry> stat(String path) throws IOException {
    try {
      return Optional.of(entry(path, at(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      return absent(path, e);
    }
  }

  /** A path through a file has an exception of no kind of its own. */
  private <T> Optional<T> absent(String path, FileSystemException e) throws IOException {
    int slash = path.lastIndexOf('/');
    if (slash > 0 && Files.isRegularFile(at(path.substring(0, slash)))) {
      return Optional.empty();
    }
    throw e;
  }

  private TreeEntry entry(String path, Path file) throws IOException {
    if (root == null && path.isEmpty()) {
      return new TreeEntry("", TreeEntry.Type.FOLDER, 0, -1, null);
    }
    BasicFileAttributes found = Files.readAttributes(file, attributes, LinkOption.NOFOLLOW_LINKS);
    int mode = found instanceof PosixFileAttributes posix ? mode(posix.permissions()) : -1;
    if (found.isRegularFile()) {
      return new TreeEntry(path, TreeEntry.Type.FILE, found.size(), mode, null);
    }
    if (found.isDirectory()) {
      return new TreeEntry(path, TreeEntry.Type.FOLDER, 0, mode, null);
    }
    return found.isSymbolicLink()
        ? new TreeEntry(path, TreeEntry.Type.LINK, 0, -1, target(file))
        : new TreeEntry(path, TreeEntry.Type.OTHER, 0, mode, null);
  }

  private static String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NotLinkException e) {
      // Changed since; whoever follows it finds out what it is now.
      return "";
    }
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : permissions) {
      mode |=
          switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 0040;
            case GROUP_WRITE -> 0020;
            case GROUP_EXECUTE -> 0010;
            case OTHERS_READ -> 0004;
            case OTHERS_WRITE -> 0002;
            case OTHERS_EXECUTE -> 0001;
          };
    }
    return mode;
  }

  @Override
  public List<TreeEntry> list(String folder) throws IOException {
    if (root == null && folder.isEmpty()) {
      List<TreeEntry> drives = new ArrayList<>();
      for (Path drive : disk.getRootDirectories()) {
        String name = drive.toString().replace("\\", "");
        drives.add(new TreeEntry(name, TreeEntry.Type.FOLDER, 0, -1, null));
      }
      return drives;
    }
    List<TreeEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(at(folder))) {
      for (Path file : files) {
        if (entries.size() >= MOST_ENTRIES) {
          throw new IOException("it has more than %d entries".formatted(MOST_ENTRIES));
        }
        add(folder, file, entries);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(TreeEntry::path));
    return entries;
  }

  private void add(String folder, Path file, List<TreeEntry> entries) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (name.indexOf(UNDECODED) >= 0) {
      String whole = slashed(file);
      name = whole.substring(whole.lastIndexOf('/') + 1);
    }
    try {
      entries.add(entry(folder.isEmpty() ? name : folder + "/" + name, file));
    } catch (NoSuchFileException e) {
      // Removed since the folder was opened: it is not there.
      return;
    }
  }

  private static boolean isUnicode(FileSystem disk) {
    try {
      return disk.getPath("\u00e9\u4e2d").toString().equals("\u00e9\u4e2d");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The file of a name that the locale has no letters for. */
  private static Path addressed(Path root, String path) {
    StringBuilder address = new StringBuilder(root.toUri().toString());
    for (byte b : path.getBytes(UTF_8)) {
      boolean plain =
          b == '/' || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
      if (plain) {
        address.append((char) b);
      } else {
        address.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return Path.of(URI.create(address.toString()));
  }

  @Override
  public SeekableByteChannel open(String path) throws IOException {
    return Files.newByteChannel(
        at(path), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public Optional<String> real(String path) throws IOException {
    if (root == null && path.isEmpty()) {
      return Optional.of("");
    }
    Path real;
    try {
      real = at(path).toRealPath();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      return absent(path, e);
    }
    if (root == null) {
      return Optional.of(path(real));
    }
    if (!real.startsWith(root)) {
      throw new OutsideTreeException(path);
    }
    String whole = slashed(real);
    String start = slashed(root);
    int length = start.endsWith("/") ? start.length() : start.length() + 1;
    return Optional.of(whole.length() < length ? "" : whole.substring(length));
  }

  private Path at(String path) throws IOException {
    try {
      if (root == null) {
        // A drive by itself is the folder in which its process stands, not its root.
        return disk.getPath(path.indexOf('/') < 0 ? path + "/" : path);
      }
      if (!unicode && !path.chars().allMatch(c -> c > 0 && c < 128)) {
        return addressed(root, path);
      }
      return path.isEmpty() ? root : root.resolve(path);
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(path, null, e.getReason());
    }
  }
}
