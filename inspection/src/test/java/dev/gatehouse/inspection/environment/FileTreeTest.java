package dev.gatehouse.inspection.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path folder;

  @Test
  void followsLinksInsideTheTree() throws IOException {
    MemoryTree tree =
        new MemoryTree()
            .file("usr/lib/python3.11/site.py", "")
            .link("lib", "usr/lib")
            .link("usr/lib/python3", "./python3.11")
            .link("usr/lib/absolute", "/usr/lib/python3.11/site.py");

    assertThat(tree.real("lib/python3/site.py")).contains("usr/lib/python3.11/site.py");
    assertThat(tree.real("lib/absolute")).contains("usr/lib/python3.11/site.py");
    assertThat(tree.real("lib/python3/none.py")).isEmpty();
  }

  @Test
  void takesTheRootForTheFolderAboveTheRoot() throws IOException {
    MemoryTree tree = new MemoryTree().file("etc/passwd", "").link("a/up", "../../../etc/passwd");

    assertThat(tree.real("a/up")).contains("etc/passwd");
  }

  @Test
  void saysThatLinksLeadInACircle() {
    MemoryTree tree = new MemoryTree().link("a", "b").link("b", "a");

    assertThatThrownBy(() -> tree.real("a")).isInstanceOf(IOException.class);
  }

  @Test
  void readsADiskBelowAFolder() throws IOException {
    Files.createDirectories(folder.resolve("b"));
    Files.writeString(folder.resolve("b/f.txt"), "text");
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b/f.txt"));
    DiskTree tree = DiskTree.of(folder);

    assertThat(tree.list("")).extracting(TreeEntry::path).containsExactly("a", "b");
    assertThat(tree.stat("a").orElseThrow().linkTarget()).isEqualTo("b/f.txt");
    assertThat(tree.real("a")).contains("b/f.txt");
    assertThat(tree.stat("b/f.txt").orElseThrow().size()).isEqualTo(4);
    assertThat(tree.stat("b/f.txt/x")).isEmpty();
    assertThat(tree.stat("none")).isEmpty();
    assertThat(tree.real("b/f.txt/x")).isEmpty();
  }

  @Test
  void leavesADiskBelowAFolderByNoLink() throws IOException {
    Files.createDirectories(folder.resolve("inside"));
    Files.writeString(folder.resolve("secret"), "text");
    Files.createSymbolicLink(folder.resolve("inside/out"), Path.of("../secret"));
    DiskTree tree = DiskTree.of(folder.resolve("inside"));

    assertThatThrownBy(() -> tree.real("out")).isInstanceOf(OutsideTreeException.class);
    assertThatThrownBy(() -> tree.open("out")).isInstanceOf(IOException.class);
  }

  @Test
  void takesTheWholeMachineForATree() throws IOException {
    Path file = Files.writeString(folder.toRealPath().resolve("here"), "text");
    DiskTree tree = DiskTree.machine(folder.getFileSystem());

    assertThat(tree.stat(DiskTree.path(file)).orElseThrow().size()).isEqualTo(4);
    assertThat(tree.real(DiskTree.path(file))).contains(DiskTree.path(file));
    assertThat(tree.list("")).isNotEmpty();
  }
}
