package dev.gatehouse.comparison;

import dev.gatehouse.comparison.match.Artifact;
import dev.gatehouse.comparison.match.ArtifactFile;
import dev.gatehouse.comparison.source.BlobId;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.TreeFile;
import dev.gatehouse.findings.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An artifact as the source of another. */
final class ArtifactSource {
  private final String name;
  private final Artifact artifact;
  private final Map<BlobId, ArtifactFile> files = new HashMap<>();

  /** All contents that are small enough, once one was asked for: an archive is read as a whole. */
  private @Nullable Map<String, byte[]> contents;

  private ArtifactSource(String name, Artifact artifact) {
    this.name = name;
    this.artifact = artifact;
    artifact.files().forEach(file -> files.put(file.id(), file));
  }

  static Source of(String name, Artifact artifact) {
    List<TreeFile> files = new ArrayList<>();
    for (ArtifactFile file : artifact.files()) {
      files.add(
          new TreeFile(
              file.inner(), file.id(), file.isLink() ? TreeFile.Mode.LINK : TreeFile.Mode.FILE));
    }
    return Source.of(name, "the files", files, new ArtifactSource(name, artifact)::read);
  }

  private byte[] read(BlobId id) throws SourceException {
    if (contents == null) {
      contents = artifact.contents().of(artifact.files());
    }
    ArtifactFile file = files.get(id);
    byte[] content = file == null ? null : contents.get(file.path());
    if (content == null) {
      throw new SourceException(
          "Could not read a file of %s: it is too large, or not there."
              .formatted(Printable.of(name, 300)));
    }
    return content;
  }
}
