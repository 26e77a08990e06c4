package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SimpleTree;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What is served: a simple repository as plain files. Pages tell of each file what PyPI's tell; the
 * files of the long pages do not exist, for nobody asks for them.
 *
 * @param root the folder above {@code simple/}
 * @param wheel the one of 1 MB
 * @param real twenty real wheels, whose files those that pip downloads have; empty: they hold noise
 */
record Samples(Path root, SampleArtifact wheel, List<Path> real) {
  /** Its page has 40 KB in JSON. */
  static final String SMALL = "middle";

  /** Its page has 2,000 files. */
  static final String LARGE = "large";

  private static final int SMALL_FILES = 65;
  private static final int LARGE_FILES = 2_000;

  /** A release of a compiled project has about so many wheels. */
  private static final int WHEELS_A_VERSION = 20;

  private static final Instant FIRST_UPLOAD = Instant.parse("2020-01-01T00:00:00Z");

  private static final int MEGABYTE = 1_000_000;

  /** Bytes of the wheels that pip downloads: as in a real set, many small and few large ones. */
  private static final List<Integer> SIZES =
      List.of(
          5_000, 8_000, 10_000, 15_000, 20_000, 30_000, 40_000, 60_000, 80_000, 100_000, 150_000,
          200_000, 300_000, 400_000, 600_000, 800_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000);

  /**
   * Writes it.
   *
   * @param wheels a folder of real wheels; null: there is none
   */
  static Samples write(Path root, @Nullable Path wheels) throws IOException {
    SimpleTree tree = SimpleTree.in(root.resolve("simple"));
    SampleArtifact wheel = WheelBuilder.wheel("heavy", "1.0").padding(MEGABYTE).build();
    tree.add(wheel).write();
    Samples samples = new Samples(root, wheel, wheels == null ? List.of() : twenty(wheels));
    samples.writePage(SMALL, SMALL_FILES);
    samples.writeLargePage(LARGE);
    return samples;
  }

  /** Puts twenty more projects, each of one wheel, into the repository. */
  List<SampleArtifact> writeDownloads(String name) throws IOException {
    SimpleTree tree = SimpleTree.in(simple());
    List<SampleArtifact> wheels = new ArrayList<>();
    for (int i = 0; i < SIZES.size(); i++) {
      WheelBuilder builder = WheelBuilder.wheel(name + "-" + i, "1.0");
      if (real.isEmpty()) {
        builder.padding(SIZES.get(i));
      } else {
        addFiles(builder, real.get(i));
      }
      wheels.add(builder.build());
      tree.add(wheels.getLast());
    }
    tree.write();
    return wheels;
  }

  /** Of those in a folder that run anywhere, from the smallest to the largest of 8 MB. */
  private static List<Path> twenty(Path folder) throws IOException {
    List<Path> wheels = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith("-none-any.whl") && Files.size(file) <= 8 * MEGABYTE) {
          wheels.add(file);
        }
      }
    }
    if (wheels.size() < SIZES.size()) {
      throw new IOException(folder + " has fewer than 20 wheels that run anywhere");
    }
    wheels.sort(Comparator.comparingLong(file -> file.toFile().length()));
    return IntStream.range(0, SIZES.size())
        .mapToObj(i -> wheels.get(i * (wheels.size() - 1) / (SIZES.size() - 1)))
        .toList();
  }

  /** Those of another wheel, but for what names it. */
  private static void addFiles(WheelBuilder builder, Path wheel) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory() && !entry.getName().contains(".dist-info/")) {
          try (InputStream in = zip.getInputStream(entry)) {
            builder.file(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
  }

  /** Puts another project of one small wheel into the repository. */
  SampleArtifact writeSmallWheel(String project) throws IOException {
    SampleArtifact wheel = WheelBuilder.wheel(project, "1.0").padding(SIZES.getFirst()).build();
    SimpleTree.in(simple()).add(wheel).write();
    return wheel;
  }

  private Path simple() {
    return root.resolve("simple");
  }

  /** Puts another project with 2,000 files into the repository. */
  void writeLargePage(String project) throws IOException {
    writePage(project, LARGE_FILES);
  }

  /** Puts another project into the repository that has one wheel for each version. */
  void writeStored(String project, int versions) throws IOException {
    ProjectName name = ProjectName.parse(project);
    List<PageFile> listed = new ArrayList<>();
    for (int i = 0; i < versions; i++) {
      String fileName = "%s-1.%d.0-py3-none-any.whl".formatted(project.replace('-', '_'), i);
      listed.add(
          PageFile.builder(
                  ArtifactName.parse(fileName, name),
                  URI.create("../../files/" + project + "/" + fileName))
              .sha256(Sha256.digest(fileName.getBytes(UTF_8)))
              .size(1_000_000L)
              .uploadTime(FIRST_UPLOAD)
              .build());
    }
    writePage(name, listed);
  }

  private void writePage(String project, int files) throws IOException {
    ProjectName name = ProjectName.parse(project);
    List<PageFile> listed = new ArrayList<>(files);
    for (int i = 0; i < files; i++) {
      listed.add(file(name, i));
    }
    writePage(name, listed);
  }

  private void writePage(ProjectName project, List<PageFile> files) throws IOException {
    Path folder = Files.createDirectories(simple().resolve(project.normalized()));
    Files.write(folder.resolve("index.json"), JsonPages.write(ProjectPage.of(project, files)));
  }

  private static PageFile file(ProjectName project, int number) {
    int version = number / WHEELS_A_VERSION;
    String fileName =
        "%s-1.%d.0-cp3%d-cp3%d-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
            .formatted(
                project.normalized().replace('-', '_'),
                version,
                number % WHEELS_A_VERSION,
                number % WHEELS_A_VERSION);
    return PageFile.builder(
            ArtifactName.parse(fileName, project),
            URI.create("../../files/" + project + "/" + fileName))
        .sha256(Sha256.digest(fileName.getBytes(UTF_8)))
        .size(1_000_000L + number)
        .uploadTime(FIRST_UPLOAD.plus(Duration.ofHours(version)))
        .requiresPython(">=3.9")
        .metadata(MetadataOffer.hashed(Sha256.digest((fileName + ".metadata").getBytes(UTF_8))))
        .build();
  }
}
