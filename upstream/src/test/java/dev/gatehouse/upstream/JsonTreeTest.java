package dev.gatehouse.upstream;

import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SimpleTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The contract for a simple tree whose pages are in JSON. */
final class JsonTreeTest extends FolderContract {
  @Override
  void write(Path root, List<SampleArtifact> artifacts) throws IOException {
    SimpleTree tree = SimpleTree.in(root).withoutHtml();
    artifacts.forEach(tree::add);
    tree.write();
  }

  @Override
  Path fileOf(Path root, SampleArtifact artifact) {
    return root.resolve(artifact.project().normalized()).resolve(artifact.filename());
  }
}
