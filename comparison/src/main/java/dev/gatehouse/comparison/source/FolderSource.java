package dev.gatehouse.comparison.source;

import dev.gatehouse.findings.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder as it is. Links in it are not followed, as git does not. */
final class FolderSource {
  private static final int CHUNK = 64 * 1024;

  private final Path root;
  private final Effort effort;
  private final Map<BlobId, Path> places;

  private FolderSource(Path root, Effort effort, Map<BlobId, Path> places) {
    this.root = root;
    this.effort = effort;
    this.places = places;
  }

  static Source open(Path root, Effort effort) throws SourceException {
    List<TreeFile> files = new ArrayList<>();
    Map<BlobId, Path> places = new HashMap<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              effort.checkTime(root.toString());
              if (attributes.isSymbolicLink()) {
                String target = Files.readSymbolicLink(file).toString().replace('\\', '/');
                byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
                files.add(new TreeFile(path(root, file), BlobId.of(bytes), TreeFile.Mode.LINK));
                places.put(BlobId.of(bytes), file);
              } else if (attributes.isRegularFile()) {
                BlobId id = hash(file, attributes.size());
                files.add(new TreeFile(path(root, file), id, TreeFile.Mode.FILE));
                places.put(id, file);
              }
              effort.checkEntries(files.size(), root.toString());
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (SourceException e) {
      throw e;
    } catch (IOException e) {
      throw new SourceException(
          "Could not read the folder %s: %s."
              .formatted(Printable.of(root.toString(), 300), Printable.of(String.valueOf(e), 200)),
          e);
    }
    return new SingleTree(
        root.toString(),
        "the folder as it is",
        files,
        new FolderSource(root, effort, places)::read);
  }

  private static String path(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static BlobId hash(Path file, long size) throws IOException {
    MessageDigest digest = BlobId.newDigest(size);
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return BlobId.ofDigest(digest.digest());
  }

  private byte[] read(BlobId id) throws SourceException {
    Path file = places.get(id);
    if (file == null) {
      throw new SourceException("Could not read %s: no file of the folder is it.".formatted(id));
    }
    try {
      if (Files.isSymbolicLink(file)) {
        return Files.readSymbolicLink(file)
            .toString()
            .replace('\\', '/')
            .getBytes(StandardCharsets.UTF_8);
      }
      effort.checkSize(Files.size(file), path(root, file));
      byte[] bytes = Files.readAllBytes(file);
      if (!BlobId.of(bytes).equals(id)) {
        throw new SourceException(
            "Could not read %s: it was changed meanwhile. Try again."
                .formatted(Printable.of(path(root, file), 300)));
      }
      return bytes;
    } catch (SourceException e) {
      throw e;
    } catch (IOException e) {
      throw new SourceException(
          "Could not read %s: %s."
              .formatted(Printable.of(path(root, file), 300), Printable.of(String.valueOf(e), 200)),
          e);
    }
  }
}
