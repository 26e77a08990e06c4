package dev.gatehouse.upstream;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.wheel.WheelMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** What a folder's files are, read once for as long as they seem unchanged. */
final class FolderFacts {
  /**
   * @param metadata the hash of the wheel's own metadata; null: it is no wheel, or has none that
   *     can be read
   */
  record Facts(long size, Sha256 sha256, @Nullable Sha256 metadata) {}

  private record Look(long size, FileTime modified, @Nullable Object key) {}

  private record Known(Look look, Facts facts) {}

  private final ConcurrentMap<Path, Known> known = new ConcurrentHashMap<>();

  Facts of(Path file, ArtifactName name) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Look look = new Look(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    Known before = known.get(file);
    if (before != null && before.look().equals(look)) {
      return before.facts();
    }
    Facts facts = read(file, name, attributes.size());
    known.put(file, new Known(look, facts));
    return facts;
  }

  private static Facts read(Path file, ArtifactName name, long size) throws IOException {
    Sha256 sha256;
    try (InputStream in = Files.newInputStream(file)) {
      sha256 = Sha256.of(in);
    }
    Optional<byte[]> metadata =
        name instanceof WheelName wheel ? metadata(file, wheel) : Optional.empty();
    return new Facts(size, sha256, metadata.map(Sha256::digest).orElse(null));
  }

  /** A wheel's own metadata; empty where it has none that can be read. */
  static Optional<byte[]> metadata(Path file, WheelName wheel) throws IOException {
    try {
      return Optional.of(WheelMetadata.read(file, wheel));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
