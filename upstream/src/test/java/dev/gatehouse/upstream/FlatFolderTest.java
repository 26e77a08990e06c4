package dev.gatehouse.upstream;

import dev.gatehouse.samples.SampleArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The contract for a folder of artifacts of all projects. */
final class FlatFolderTest extends FolderContract {
  @Override
  void write(Path root, List<SampleArtifact> artifacts) throws IOException {
    for (SampleArtifact artifact : artifacts) {
      artifact.writeTo(root);
    }
  }

  @Override
  Path fileOf(Path root, SampleArtifact artifact) {
    return root.resolve(artifact.filename());
  }
}
