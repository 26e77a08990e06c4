package dev.gatehouse.cli.pins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.reading.PinFileReader;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.FakeRequest;
import dev.gatehouse.samples.Offer;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code gatehouse pin} against an index that a test fills. */
class PinCommandIT {
  private final FakeIndex index = FakeIndex.start();
  private final StringWriter out = new StringWriter();

  @TempDir Path folder;

  @AfterEach
  void closeTheIndex() {
    index.close();
  }

  private int pin(Path file, String... options) {
    out.getBuffer().setLength(0);
    CommandLine command = new CommandLine(new PinCommand(Map.of()));
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(out, true));
    command.setExecutionExceptionHandler(
        (e, _, _) -> {
          out.write(String.valueOf(e.getMessage()));
          return 3;
        });
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--index-url=" + index.uri());
    arguments.add(file.toString());
    return command.execute(arguments.toArray(String[]::new));
  }

  private Path write(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private SampleArtifact published(String name, String version, String... requires) {
    WheelBuilder builder = WheelBuilder.wheel(name, version);
    for (String required : requires) {
      builder.requiresDist(required);
    }
    SampleArtifact wheel = builder.build();
    index.publish(wheel);
    return wheel;
  }

  private static String hashed(SampleArtifact artifact) {
    return "%s==%s \\\n    --hash=sha256:%s"
        .formatted(artifact.project(), artifact.version(), artifact.sha256());
  }

  @Test
  void addsTheHashesOfAllFiles() throws IOException {
    SampleArtifact wheel = published("demo", "1.0");
    SampleArtifact sdist = SdistBuilder.sdist("demo", "1.0").build();
    index.publish(sdist);
    Path file = write("requirements.txt", "demo==1.0");

    assertThat(pin(file)).isZero();
    assertThat(Files.readString(file))
        .startsWith("demo==1.0 \\\n    --hash=sha256:")
        .contains(wheel.sha256().hex(), sdist.sha256().hex());
    String once = Files.readString(file);
    assertThat(pin(file)).isZero();
    assertThat(Files.readString(file)).isEqualTo(once);
    assertThat(out.toString())
        .contains("1 of 1 requirements pinned; 1 were exact, 0 lines changed");
    assertThat(index.requests())
        .extracting(FakeRequest::path)
        .as("what exact versions require is nobody's question")
        .containsOnly(FakeIndex.pageOf("demo"));
  }

  @Test
  void saysWhereItIsNotKnownWhatAVersionRequires() throws IOException {
    SampleArtifact app = WheelBuilder.wheel("app", "1.0").requiresDist("lib").build();
    index.publish(app, Offer::withoutMetadata);
    published("lib", "1.5");
    Path freeze = write("frozen", "app==1.0", "lib==1.5");
    Path file = write("requirements.txt", "app");

    assertThat(pin(file, "--from=" + freeze)).isOne();
    assertThat(out.toString())
        .contains("app: the index has no metadata of it, so what it requires is not known");
    assertThat(index.requestsTo(FakeIndex.metadataOf(app))).isEmpty();
  }

  @Test
  void takesOpenVersionsAndWhatTheyRequireFromPipFreeze() throws IOException {
    SampleArtifact app = published("app", "1.0", "lib>=1", "win; sys_platform == 'win32'");
    SampleArtifact lib = published("lib", "1.5", "deep; extra == 'x'");
    published("lib", "2.0");
    published("win", "1.0");
    published("deep", "1.0");
    Path freeze = write("frozen", "app==1.0", "lib==1.5", "deep==1.0", "unrelated==1.0");
    Path file = write("requirements.txt", "app>=0.9  # ours");

    assertThat(pin(file, "--from=" + freeze)).as(out.toString()).isZero();
    assertThat(Files.readString(file))
        .isEqualTo(
            "%s  # ours\n\n# What these require, as of %s.\n%s\n"
                .formatted(hashed(app), freeze, hashed(lib)));
    assertThat(Files.readString(folder.resolve("requirements.in"))).isEqualTo("app>=0.9  # ours\n");
    String once = Files.readString(file);
    assertThat(pin(file, "--from=" + freeze)).isZero();
    assertThat(Files.readString(file)).isEqualTo(once);
  }

  @Test
  void readsAnEnvironmentWithoutRunningIt() throws IOException {
    SampleArtifact demo = published("demo", "1.0");
    Path packages = folder.resolve("venv/lib/python3.12/site-packages");
    Files.createDirectories(packages.resolve("demo-1.0.dist-info"));
    Files.createDirectories(packages.resolve("other-3.dist-info"));
    Path file = write("requirements.txt", "demo");

    assertThat(pin(file, "--from=" + folder.resolve("venv"))).as(out.toString()).isZero();
    assertThat(Files.readString(file)).isEqualTo(hashed(demo) + "\n");
  }

  @Test
  void listsWhatItCannotPinAndPinsTheRest() throws IOException {
    SampleArtifact demo = published("demo", "1.0");
    published("litellm", "1.82.8");
    Path file =
        write(
            "requirements.txt",
            "demo==1.0",
            "open>=1",
            "gone==2.0",
            "litellm==1.82.8",
            "-e ./lib",
            "git+https://a.example/repo@main#egg=repo");

    assertThat(pin(file)).isEqualTo(1);
    assertThat(Files.readString(file))
        .isEqualTo(
            hashed(demo)
                + "\nopen>=1\ngone==2.0\nlitellm==1.82.8\n-e ./lib\n"
                + "git+https://a.example/repo@main#egg=repo\n");
    assertThat(out.toString())
        .contains(
            "line 2: open>=1: it is not exact",
            "line 3: gone==2.0: the index has no project gone",
            "line 4: litellm==1.82.8: litellm 1.82.8 is known malware",
            "line 5: ./lib: it is editable",
            "line 6: git+https://a.example/repo@main#egg=repo: it comes from a repository");
  }

  @Test
  void takesOnlyWhatIsAdmitted() throws IOException {
    SampleArtifact served = WheelBuilder.wheel("demo", "1.0").build();
    SampleArtifact held = SdistBuilder.sdist("demo", "1.0").build();
    index.publish(served);
    index.publish(held, offer -> offer.yanked("Gatehouse: hold: nobody has looked at it"));
    index.publish(
        WheelBuilder.wheel("other", "1.0").build(),
        offer -> offer.yanked("Gatehouse: refuse: MAL-2026-2144"));
    Path file = write("requirements.txt", "demo==1.0", "other==1.0");

    assertThat(pin(file, "--only-admitted")).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo(hashed(served) + "\nother==1.0\n");
    assertThat(out.toString()).contains("1.0 is not admitted: refuse: MAL-2026-2144");
  }

  @Test
  void writesAPylock() throws IOException {
    SampleArtifact demo = published("demo", "1.0");
    Path file = write("requirements.txt", "demo==1.0; python_version >= '3.9'");

    assertThat(pin(file, "--to=pylock")).as(out.toString()).isZero();

    PinFile lock = new PinFileReader(_ -> Optional.empty()).read(folder.resolve("pylock.toml"));
    assertThat(lock.exact())
        .singleElement()
        .satisfies(
            pin -> {
              assertThat(pin.project()).isEqualTo(demo.project());
              assertThat(pin.hashes())
                  .extracting(hash -> hash.hex())
                  .containsExactly(demo.sha256().hex());
            });
    assertThat(lock.requirements().getFirst().marker()).hasToString("python_version >= \"3.9\"");
    assertThat(Files.readString(file)).isEqualTo("demo==1.0; python_version >= '3.9'\n");
  }

  @Test
  void writesNoLockThatLacksSomething() throws IOException {
    Path file = write("requirements.txt", "open>=1");

    assertThat(pin(file, "--to=pylock")).isEqualTo(1);
    assertThat(folder.resolve("pylock.toml")).doesNotExist();
  }

  @Test
  void makesRequirementsOfALock() throws IOException {
    SampleArtifact demo = published("demo", "1.0");
    Path lock =
        write(
            "uv.lock",
            "version = 1",
            "[[package]]",
            "name = 'app'",
            "version = '0.1'",
            "source = { virtual = '.' }",
            "[[package]]",
            "name = 'demo'",
            "version = '1.0'",
            "source = { registry = 'https://pypi.org/simple' }");
    Path target = folder.resolve("out.txt");

    assertThat(pin(lock, "-o", target.toString())).as(out.toString()).isZero();
    assertThat(Files.readString(target)).isEqualTo(hashed(demo) + "\n");
    assertThat(pin(lock)).isEqualTo(3);
    assertThat(out.toString()).contains("Could not change a uv.lock in place");
  }

  @Test
  void writesNothingWhereTheIndexDoesNotAnswer() throws IOException {
    Path file = write("requirements.txt", "demo==1.0");
    index.goesDown();

    assertThat(pin(file)).isEqualTo(3);
    assertThat(Files.readString(file)).isEqualTo("demo==1.0\n");
    assertThat(out.toString()).contains("line 1: demo==1.0:");
  }

  @Test
  void keepsThePermissionsOfTheFile() throws IOException {
    published("demo", "1.0");
    Path file = write("requirements.txt", "demo==1.0");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(pin(file)).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
