package dev.gatehouse.comparison.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.comparison.repository.SampleRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final BlobId OLD = BlobId.of("old\n".getBytes(UTF_8));
  private static final BlobId PROPOSED = BlobId.of("proposed\n".getBytes(UTF_8));

  @TempDir private Path temporary;

  private SampleRepository repository;
  private String first = "";

  @BeforeEach
  void makeARepository() throws IOException {
    repository = SampleRepository.create(temporary.resolve("acme.git"));
    repository.file("src/acme/core.py", "old\n").link("docs", "src/acme").submodule("vendor");
    first = repository.commit();
    repository.tag("v1.0").file("src/acme/core.py", "new\n").release("v2.0");
    repository.file("src/acme/core.py", "proposed\n").commitTo("refs/pull/7/head");
    repository.file("src/acme/core.py", "new\n");
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private static Source open(Path path, SourceLimits limits) throws SourceException {
    return Source.open(SourceLocation.of(path), limits, CLOCK);
  }

  private static Source open(Path path) throws SourceException {
    return open(path, SourceLimits.DEFAULT);
  }

  private static Tree tree(Source source, String ref) throws SourceException {
    return source.tree(source.find(ref).orElseThrow());
  }

  @Test
  void readsTheTreesOfItsTagsById() throws IOException {
    try (Source source = open(repository.folder())) {
      assertThat(source.tags()).extracting(Revision::name).containsExactly("v1.0", "v2.0");
      assertThat(source.tags().getFirst().commit()).isEqualTo(first);
      Tree tree = tree(source, "v1.0");
      assertThat(tree.files())
          .extracting(TreeFile::path, TreeFile::mode)
          .containsExactlyInAnyOrder(
              tuple("docs", TreeFile.Mode.LINK),
              tuple("src/acme/core.py", TreeFile.Mode.FILE),
              tuple("vendor", TreeFile.Mode.SUBMODULE));
      assertThat(tree.pathsOf(OLD)).containsExactly("src/acme/core.py");
      assertThat(source.read(OLD)).asString().isEqualTo("old\n");
    }
  }

  @Test
  void readsABundleAsTheRepositoryThatItWasMadeOf() throws IOException {
    Path bundle = repository.bundle(temporary.resolve("acme.bundle"));

    try (Source source = open(bundle)) {
      assertThat(source.tags()).extracting(Revision::commit).contains(first);
      assertThat(tree(source, "v2.0").holds(BlobId.of("new\n".getBytes(UTF_8)))).isTrue();
      assertThat(source.search(Set.of(OLD)).found()).containsKey(OLD);
    }
  }

  @Test
  void readsAFolderAsItIs() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("plain"));
    Files.createDirectories(folder.resolve("acme"));
    Files.writeString(folder.resolve("acme/core.py"), "old\n");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("acme"));

    try (Source source = open(folder)) {
      Tree tree = source.tree(source.head().orElseThrow());
      assertThat(tree.files()).extracting(TreeFile::path).containsOnly("acme/core.py", "link");
      assertThat(tree.find("link").orElseThrow().mode()).isEqualTo(TreeFile.Mode.LINK);
      assertThat(source.read(OLD)).asString().isEqualTo("old\n");
    }
  }

  @Test
  void findsInTheHistoryWhatATagNoLongerHas() throws IOException {
    try (Source source = open(repository.folder())) {
      Sightings sightings = source.search(Set.of(OLD));

      assertThat(sightings.isComplete()).isTrue();
      assertThat(sightings.found().get(OLD))
          .satisfies(
              seen -> {
                assertThat(seen.path()).isEqualTo("src/acme/core.py");
                assertThat(seen.commit().commit()).isEqualTo(first);
              });
    }
  }

  /** Anybody may propose anything: GitHub keeps it in the same repository. */
  @Test
  void doesNotTakeAProposalForHistory() throws IOException {
    try (Source source = open(repository.folder())) {
      assertThat(source.search(Set.of(PROPOSED)).found()).isEmpty();
    }
  }

  @Test
  void saysThatASearchWasCutShort() throws IOException {
    SourceLimits one = new SourceLimits(1000, 1000, 1, Duration.ofHours(1), 1000);
    try (Source source = open(repository.folder(), one)) {
      Sightings sightings = source.search(Set.of(OLD));

      assertThat(sightings.found()).isEmpty();
      assertThat(sightings.isComplete()).isFalse();
    }
  }

  @Test
  void refusesWhatIsLargerThanItsLimits() throws IOException {
    SourceLimits small = new SourceLimits(3, 2, 1, Duration.ofHours(1), 10);
    try (Source source = open(repository.folder(), small)) {
      assertThatThrownBy(() -> source.read(OLD))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("4 bytes, more than the 3");
      assertThatThrownBy(() -> tree(source, "v1.0"))
          .isInstanceOf(SourceException.class)
          .hasMessage("Could not read v1.0: it has more than 2 files.");
    }
    Path bundle = repository.bundle(temporary.resolve("acme.bundle"));
    assertThatThrownBy(() -> open(bundle, small)).hasMessageContaining("more than the 10");
  }

  @Test
  void refusesWhatIsNoSource() throws IOException {
    Path file = Files.writeString(temporary.resolve("x.txt"), "# v2 git bundl");

    assertThatThrownBy(() -> SourceLocation.of(file)).hasMessageContaining("no git bundle");
    assertThatThrownBy(() -> SourceLocation.of(temporary.resolve("none")))
        .hasMessageContaining("there is nothing of that name");
  }

  @Test
  void refusesABundleThatIsCutOff() throws IOException {
    Path bundle = repository.bundle(temporary.resolve("acme.bundle"));
    byte[] bytes = Files.readAllBytes(bundle);
    Files.write(bundle, Arrays.copyOf(bytes, bytes.length - 30));

    assertThatThrownBy(() -> open(bundle))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("Could not read the git repository");
  }

  @Test
  void refusesATreeThatIsNone() throws IOException {
    repository.releaseGarbage("v6.6");

    try (Source source = open(repository.folder())) {
      assertThatThrownBy(() -> tree(source, "v6.6"))
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith("Could not read v6.6 of ");
    }
  }

  @Test
  void refusesARepositoryOfHashesThatItCannotRead() throws IOException {
    Files.writeString(
        repository.folder().resolve("config"),
        """
        [core]
        \trepositoryformatversion = 1
        \tbare = true
        [extensions]
        \tobjectformat = sha256
        """);

    assertThatThrownBy(() -> open(repository.folder()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("sha256");
  }

  /** JGit, left alone, measures a file system's clock by writing into the folders that it reads. */
  @Test
  void leavesNothingInTheRepository() throws IOException {
    Set<String> before = everything(repository.folder());
    try (Source source = open(repository.folder())) {
      source.tree(source.head().orElseThrow());
      source.search(Set.of(OLD, PROPOSED));
    }

    assertThat(everything(repository.folder())).isEqualTo(before);
  }

  private static Set<String> everything(Path folder) throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        all.add(file + " " + Files.getLastModifiedTime(file));
      }
    }
    return all;
  }

  @Test
  void listsBranchesAndTheHead() throws IOException {
    try (Source source = open(repository.folder())) {
      assertThat(source.branches()).extracting(Revision::name).isEqualTo(List.of("main"));
      assertThat(source.head().orElseThrow().commit())
          .isEqualTo(source.find("v2.0").orElseThrow().commit());
      assertThat(source.find("no-such-ref")).isEmpty();
    }
  }
}
