package dev.gatehouse.upstream;

import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The contract for a tree of artifacts without pages. */
final class PlainTreeTest extends FolderContract {
  @Override
  void write(Path root, List<SampleArtifact> artifacts) throws IOException {
    for (SampleArtifact artifact : artifacts) {
      artifact.writeTo(Files.createDirectories(root.resolve(artifact.project().normalized())));
    }
  }

  @Override
  Path fileOf(Path root, SampleArtifact artifact) {
    return root.resolve(artifact.project().normalized()).resolve(artifact.filename());
  }
}
