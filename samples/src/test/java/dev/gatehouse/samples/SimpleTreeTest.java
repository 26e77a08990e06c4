package dev.gatehouse.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.HtmlPages;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ReadPage;
import dev.gatehouse.packaging.simple.Yank;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimpleTreeTest {
  private final SampleArtifact wheel =
      WheelBuilder.wheel("Acme.Rockets", "1.0").requiresPython(">=3.9, <4").build();
  private final SampleArtifact sdist = SdistBuilder.sdist("acme-rockets", "1.0").build();

  @TempDir Path root;

  @Test
  void laysEverythingBesideItsPage() throws IOException {
    SimpleTree.in(root).add(wheel).add(sdist).write();

    Path project = root.resolve("acme-rockets");
    assertThat(project.resolve(wheel.filename())).hasBinaryContent(wheel.bytes());
    assertThat(project.resolve(wheel.filename() + ".metadata")).hasBinaryContent(wheel.metadata());
    assertThat(project.resolve(sdist.filename())).hasBinaryContent(sdist.bytes());
    assertThat(project.resolve(sdist.filename() + ".metadata")).doesNotExist();
    assertThat(root).isDirectoryContaining("glob:**/index.{html,json}");
  }

  @Test
  void writesPagesThatAreReadWithoutAProblem() throws IOException {
    SimpleTree.in(root)
        .add(wheel, offer -> offer.yanked("\"bad\" & <worse>").provenance("{}"))
        .add(sdist)
        .write();

    ReadPage json = read("index.json");
    ReadPage html = read("index.html");

    assertThat(json.problems()).isEmpty();
    assertThat(html.problems()).isEmpty();
    assertThat(html.page().files())
        .isEqualTo(json.page().files().stream().map(SimpleTreeTest::withoutJsonOnly).toList());
  }

  /** HTML has neither sizes nor times (PEP 700 is for JSON alone). */
  private static PageFile withoutJsonOnly(PageFile file) {
    return file.toBuilder().size(null).uploadTime(null).build();
  }

  @Test
  void tellsAllThatIsTrue() throws IOException {
    SimpleTree.in(root)
        .add(wheel, offer -> offer.uploaded(Instant.parse("2026-03-24T10:39:00Z")))
        .write();

    PageFile file = read("index.json").page().files().getFirst();

    assertThat(file.sha256()).contains(wheel.sha256());
    assertThat(file.size()).isEqualTo(wheel.size());
    assertThat(file.uploadTime()).isEqualTo("2026-03-24T10:39:00Z");
    assertThat(file.requiresPython()).isEqualTo(">=3.9, <4");
    assertThat(file.yank()).isEqualTo(Yank.notYanked());
    assertThat(file.url()).isEqualTo(pageUri().resolve(wheel.filename()));
    assertThat(file.metadata().sha256().map(Object::toString))
        .contains(Sha256.digest(wheel.metadata()).hex());
  }

  @Test
  void tellsWhatIsFalseWhereATestAsks() throws IOException {
    SimpleTree.in(root)
        .add(wheel, offer -> offer.withWrongHashes().size(1).withWrongMetadataHash())
        .write();

    PageFile file = read("index.json").page().files().getFirst();

    assertThat(file.sha256()).isPresent().get().isNotEqualTo(wheel.sha256());
    assertThat(file.size()).isEqualTo(1);
    assertThat(file.metadata().sha256()).isPresent();
  }

  @Test
  void listsItsProjectsInBothRepresentations() throws IOException {
    SimpleTree.in(root).add(wheel).add(WheelBuilder.wheel("idna", "3.7").build()).write();

    ProjectName[] both = {new ProjectName("acme-rockets"), new ProjectName("idna")};
    try (InputStream json = Files.newInputStream(root.resolve("index.json"));
        InputStream html = Files.newInputStream(root.resolve("index.html"))) {
      assertThat(JsonPages.readList(json)).containsExactly(both);
      assertThat(HtmlPages.readList(html)).containsExactly(both);
    }
  }

  @Test
  void leavesOutARepresentation() throws IOException {
    SimpleTree.in(root).add(wheel).withoutJson().write();

    assertThat(root.resolve("index.json")).doesNotExist();
    assertThat(root.resolve("acme-rockets/index.json")).doesNotExist();
    assertThat(root.resolve("acme-rockets/index.html")).exists();
  }

  private ReadPage read(String page) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve("acme-rockets").resolve(page))) {
      return page.endsWith(".json")
          ? JsonPages.read(in, wheel.project(), pageUri())
          : HtmlPages.read(in, wheel.project(), pageUri());
    }
  }

  private URI pageUri() {
    return root.resolve("acme-rockets").toUri();
  }
}
