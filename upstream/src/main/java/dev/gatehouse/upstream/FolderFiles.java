package dev.gatehouse.upstream;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.wheel.WheelMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a page says of artifacts in a folder: sizes, hashes and metadata are their own. */
final class FolderFiles {
  private final RememberedByFile<Sha256> hashes = new RememberedByFile<>();
  private final RememberedByFile<Offered> offers = new RememberedByFile<>();

  /** What an artifact's metadata lets a page say. */
  private record Offered(MetadataOffer metadata, @Nullable String requiresPython) {
    static final Offered NOTHING = new Offered(MetadataOffer.none(), null);
  }

  /**
   * An artifact that no page speaks of. It has no upload time: a file's own is when it was copied.
   *
   * @throws IOException as {@link FolderRoot#file} does, or when it cannot be read
   */
  PageFile unlisted(FolderRoot root, Path path, ArtifactName name) throws IOException {
    PageFile.Builder file = PageFile.builder(name, path.toUri());
    Path real = root.file(path);
    Offered offered = offered(real, name);
    return file.size(Files.size(real))
        .sha256(hashes.get(real, FolderFiles::sha256))
        .metadata(offered.metadata())
        .requiresPython(offered.requiresPython())
        .build();
  }

  /**
   * An artifact that a page in the folder lists. What the page says is kept, also a SHA-256 that
   * may turn out to be wrong: whoever fetches the file will see that it is not the one that was
   * listed. Only size and metadata are those of the file that is there.
   *
   * @throws IOException as {@link #unlisted} does
   */
  PageFile listed(FolderRoot root, PageFile entry) throws IOException {
    Path real = root.file(entry.url());
    PageFile.Builder file =
        entry.toBuilder().size(Files.size(real)).metadata(offered(real, entry.name()).metadata());
    if (entry.sha256().isEmpty()) {
      file.sha256(hashes.get(real, FolderFiles::sha256));
    }
    return file.build();
  }

  /** The metadata that is offered for an artifact; empty where none is. */
  Optional<byte[]> metadata(Path real, ArtifactName name) throws IOException {
    if (!(name instanceof WheelName wheel)) {
      return Optional.empty();
    }
    try {
      return Optional.of(WheelMetadata.read(real, wheel));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private Offered offered(Path real, ArtifactName name) throws IOException {
    return offers.get(
        real, file -> metadata(file, name).map(FolderFiles::offer).orElse(Offered.NOTHING));
  }

  private static Offered offer(byte[] metadata) {
    MetadataOffer hashed = MetadataOffer.hashed(Sha256.digest(metadata));
    try {
      return new Offered(hashed, CoreMetadata.parse(metadata).requiresPython().orElse(null));
    } catch (MalformedException e) {
      return new Offered(hashed, null);
    }
  }

  private static Sha256 sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }
}
