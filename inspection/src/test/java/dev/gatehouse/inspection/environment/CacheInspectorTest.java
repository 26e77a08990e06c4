package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class CacheInspectorTest {
  private static final String ZIP = "PK\3\4";

  private final MemoryTree tree = new MemoryTree();
  private final FakeArtifacts artifacts = new FakeArtifacts();

  private TargetReport inspect(Cache.Kind kind, String path) {
    return new CacheInspector(artifacts, Inspections::collaborators)
        .inspect("cache", new Cache(kind, path), tree);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Test
  void findsTheCachesOfAUser() {
    tree.folder("home/me/.cache/pip").folder("x/uv").folder("home/me/.cache/pypoetry");

    assertThat(
            CacheInspector.find(
                tree,
                new SearchPlaces(
                    Platform.LINUX, null, "/home/me", Map.of("UV_CACHE_DIR", "/x/uv"))))
        .containsExactlyInAnyOrder(
            new Cache(Cache.Kind.PIP, "home/me/.cache/pip"),
            new Cache(Cache.Kind.UV, "x/uv"),
            new Cache(Cache.Kind.POETRY, "home/me/.cache/pypoetry"));
  }

  @Test
  void readsTheBodiesThatPipKeeps() throws IOException {
    tree.file("c/http-v2/a/b/abc", bytes("cc=4,\u0081\u00a4body\u00c4\0"))
        .file("c/http-v2/a/b/abc.body", bytes(ZIP + "evil"))
        .file("c/http-v2/a/c/page.body", gzip(bytes("<html>")))
        .file("c/http-v2/a/c/page2.body", bytes("{\"files\": []}"))
        .file("c/http-v2/a/d/sdist.body", gzip(tar()))
        .file("c/wheels/x/a-1-py3-none-any.whl", bytes(ZIP + "good"));

    TargetReport report = inspect(Cache.Kind.PIP, "c");

    assertThat(artifacts.asked())
        .extracting(asked -> asked.substring(0, asked.indexOf(':')))
        .containsExactlyInAnyOrder("cached.whl", "cached.tar.gz", "a-1-py3-none-any.whl");
    assertThat(Inspections.texts(report))
        .containsExactly("startup-pth-exec critical http-v2/a/b/abc.body!/x.pth:1");
    assertThat(report.findings().getFirst().message()).contains("pip cache purge");
    assertThat(report.details())
        .containsEntry("artifacts", 3)
        .containsEntry("files", 6L)
        .hasEntrySatisfying(
            "note", note -> assertThat(note.toString()).contains("pip cache purge"));
  }

  @Test
  void unwrapsTheBodiesOfOlderPip() {
    tree.file(
        "c/http/a/b/abc",
        bytes(
            "cc=4,\u0082\u00a8response\u0081\u00a4body\u00c6\0\0\0\u0008" + ZIP + "evil\u00a3end"));

    inspect(Cache.Kind.PIP, "c");

    assertThat(artifacts.asked()).containsExactly("cached.whl: " + ZIP + "evil");
  }

  @Test
  void looksIntoTheUnpackedWheelsOfUv() {
    tree.file("c/archive-v0/id/a.pth", "import os; Popen\n")
        .file(
            "c/archive-v0/id/a-1.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: a\nVersion: 1\n")
        .file("c/archive-v0/id/a-1.dist-info/RECORD", "a.pth,,\n")
        .file("c/archive-v0/id/__pycache__/a.cpython-312.pyc", "")
        .file("c/archive-v0/env/pyvenv.cfg", "home = /tmp/x\n")
        .file("c/sdists-v9/pypi/b/1/rev/b-1.tar.gz", "evil")
        .link("c/wheels-v5/pypi/a/1", "../../../archive-v0/id");

    TargetReport report = inspect(Cache.Kind.UV, "c");

    assertThat(Inspections.texts(report))
        .contains(
            "startup-pth-exec critical archive-v0/id/a.pth:1",
            "startup-pth-exec critical sdists-v9/pypi/b/1/rev/b-1.tar.gz!/x.pth:1",
            "startup-interpreter-config high archive-v0/env/pyvenv.cfg:1")
        .noneMatch(text -> text.contains(".pyc"));
  }

  @Test
  void looksIntoWhatPoetryKeeps() {
    tree.file("c/artifacts/a/b/a-1-py3-none-any.whl", ZIP + "evil")
        .file("c/cache/repositories/PyPI/_http/a/b/abc", bytes(ZIP + "evil"));

    assertThat(Inspections.texts(inspect(Cache.Kind.POETRY, "c")))
        .containsExactlyInAnyOrder(
            "startup-pth-exec critical artifacts/a/b/a-1-py3-none-any.whl!/x.pth:1",
            "startup-pth-exec critical cache/repositories/PyPI/_http/a/b/abc!/x.pth:1");
  }

  @Test
  void neverCallsCleanWhatItCouldNotRead() {
    tree.file("c/wheels/a-1-py3-none-any.whl", ZIP).closed("c/wheels/a-1-py3-none-any.whl");

    assertThat(inspect(Cache.Kind.PIP, "c").status()).isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void isCleanWhereThereIsNothing() {
    tree.file("c/CACHEDIR.TAG", "x");

    assertThat(inspect(Cache.Kind.UV, "c").status()).isEqualTo(Status.CLEAN);
    assertThat(artifacts.asked()).isEqualTo(List.of());
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
      out.putArchiveEntry(new TarArchiveEntry("a-1/"));
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
