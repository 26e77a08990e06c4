package dev.gatehouse.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.report.Meter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TargetSearchTest {
  @TempDir Path folder;

  @BeforeEach
  void makeAProject() throws IOException {
    file("project/setup.py");
    file("project/.vscode/tasks.json");
    file("project/.git/objects/aa");
    file("project/.venv/pyvenv.cfg");
    file("project/.venv/lib/python3.13/site-packages/a.py");
    file("project/dist/a-1.0-py3-none-any.whl");
    file("project/dist/a-1.0.tar.gz");
    file("project/data/weights.tar.gz");
    file("project/usr/lib/python3/dist-packages/x.py");
  }

  @Test
  void findsEnvironmentsArtifactsAndSourcesInAFolder() throws IOException {
    assertThat(found("project"))
        .containsExactly(
            "directory project",
            "environment project/.venv",
            "environment project/usr",
            "wheel project/dist/a-1.0-py3-none-any.whl",
            "wheel project/dist/a-1.0.tar.gz");
  }

  @Test
  void leavesToTheSourcesWhatIsInNothingElse() throws IOException {
    List<Task> tasks = search().find(List.of("project"));

    assertThat(tasks.getFirst().inspection().inspect(new Meter()).details().get("files"))
        .isEqualTo(List.of("setup.py", ".vscode/tasks.json", "data/weights.tar.gz"));
  }

  @Test
  void takesAnEnvironmentForWhatItIs() throws IOException {
    assertThat(found("project/.venv", "project/usr/lib/python3/dist-packages"))
        .containsExactly(
            "environment project/.venv", "environment project/usr/lib/python3/dist-packages");
  }

  @Test
  void looksAtAFileOnceHoweverOftenItIsNamed() throws IOException {
    assertThat(found("project/dist/a-1.0.tar.gz", "project/dist", "project/../project/dist"))
        .containsExactly(
            "wheel project/dist/a-1.0.tar.gz", "wheel project/dist/a-1.0-py3-none-any.whl");
  }

  @Test
  void expandsThePatternsThatTheShellLeft() throws IOException {
    assertThat(found("project/dist/*.whl"))
        .containsExactly("wheel project/dist/a-1.0-py3-none-any.whl");
    assertThatThrownBy(() -> search().find(List.of("project/dist/*.egg")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("Could not audit project/dist/*.egg: no file is named like that.");
    assertThatThrownBy(() -> search().find(List.of("project/[")))
        .isInstanceOf(CommandFailure.class);
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(() -> search().find(List.of("nothing\u0007")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("Could not audit nothing\\u0007: there is no such file or folder.");
  }

  @Test
  void findsAnEmptyFolderToBeAFolder() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    assertThat(found("empty")).containsExactly("directory empty");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void followsNoLinkOutOfAFolder() throws IOException {
    file("secret/b-1.0-py3-none-any.whl");
    Files.createSymbolicLink(folder.resolve("project/dist/out"), folder.resolve("secret"));

    assertThat(found("project/dist")).hasSize(2).noneMatch(name -> name.contains("b-1.0"));
  }

  @Test
  void tellsImagesFromOtherTarFiles() throws IOException {
    write("saved.tar", tar("4a".repeat(32) + "/", "manifest.json"));
    write("oci.tar.gz", gzip(tar("blobs/", "blobs/sha256/")));
    write("layout.tar", tar("oci-layout"));
    write("sdist-1.0.tar.gz", gzip(tar("sdist-1.0/", "sdist-1.0/manifest.json")));
    write("data.tar", tar("data/manifest.json"));

    assertThat(found("saved.tar", "oci.tar.gz", "layout.tar", "sdist-1.0.tar.gz", "data.tar"))
        .containsExactly(
            "image saved.tar",
            "image oci.tar.gz",
            "image layout.tar",
            "wheel sdist-1.0.tar.gz",
            "wheel data.tar");
  }

  private List<String> found(String... targets) throws IOException {
    return search().find(List.of(targets)).stream()
        .map(task -> task.kind().text() + " " + task.target())
        .toList();
  }

  private TargetSearch search() {
    return new TargetSearch(new FakeInspectors(), folder);
  }

  private void file(String name) throws IOException {
    write(name, name.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] tar(String... names) {
    byte[] tar = new byte[512 * (names.length + 2)];
    for (int i = 0; i < names.length; i++) {
      byte[] name = names[i].getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(name, 0, tar, i * 512, name.length);
      byte[] size = "00000000000".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(size, 0, tar, i * 512 + 124, size.length);
    }
    return tar;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
