package dev.gatehouse.inspection.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.inspection.code.CodeInspector;
import dev.gatehouse.inspection.code.Modules;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.python.SourceText;
import dev.gatehouse.inspection.python.SyntaxTree;
import dev.gatehouse.inspection.startup.Ownership;
import dev.gatehouse.inspection.startup.PthInspector;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.record.RecordReader;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.samples.incident.Reenactment;
import dev.gatehouse.samples.incident.Reenactments;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes are, a reading ends, throws nothing but what it documents, and hides nothing.
 */
class HostileBytesFuzzTest {
  private static final Limits LIMITS =
      new Limits(2_000, 64L << 20, 200, 3, Duration.ofSeconds(20), 8L << 20);
  private static final Inspector INSPECTOR =
      new Inspector(KnownBad.builtIn(), LIMITS, InstantSource.system());
  private static final CodeInspector CODE = new CodeInspector(KnownBad.builtIn().indicators());

  @MethodSource("wheels")
  @FuzzTest(maxDuration = "10m")
  void wheel(byte[] bytes) {
    judged(INSPECTOR.artifact("x", "acme-1.0-py3-none-any.whl", channel(bytes)), bytes);
  }

  @MethodSource("sdists")
  @FuzzTest(maxDuration = "10m")
  void sdist(byte[] bytes) {
    judged(INSPECTOR.artifact("x", "acme-1.0.tar.gz", channel(bytes)), bytes);
  }

  @MethodSource("sdists")
  @FuzzTest(maxDuration = "10m")
  void anyArchive(byte[] bytes) {
    judged(INSPECTOR.artifact("x", "acme-1.0.bin", channel(bytes)), bytes);
  }

  @MethodSource("sdists")
  @FuzzTest(maxDuration = "10m")
  void image(byte[] bytes) {
    judged(INSPECTOR.image("x", channel(bytes)), bytes);
  }

  /** Nothing that is read as empty may be called clean. */
  private static void judged(TargetReport report, byte[] bytes) {
    Object files = report.details().get("files");
    boolean sawNothing = files == null || files.equals(0L);
    if (bytes.length > 0 && sawNothing && report.findings().isEmpty()) {
      assertThat(report.status()).isNotEqualTo(Status.CLEAN);
    }
  }

  @MethodSource("sources")
  @FuzzTest(maxDuration = "10m")
  void pth(byte[] bytes) {
    Ownership owned =
        new Ownership() {
          @Override
          public boolean ownsFile() {
            return true;
          }

          @Override
          public boolean ownsModule(String topLevel) {
            return true;
          }
        };
    assertThat(new PthInspector(CODE, Modules.none()).inspect("a.pth", bytes, owned)).isNotNull();
  }

  @MethodSource("sources")
  @FuzzTest(maxDuration = "10m")
  void tokenizerAndParser(byte[] bytes) {
    SourceText text = SourceText.of(bytes);
    SyntaxTree tree = SyntaxTree.of(text.text());
    assertThat(tree.unread()).isNotNegative();
    tree.statements().forEach(statement -> assertThat(tree.lineOf(statement.at())).isPositive());
  }

  @MethodSource("sources")
  @FuzzTest(maxDuration = "10m")
  void code(byte[] bytes) {
    assertThat(CODE.python("a.py", bytes, Moment.IMPORT).findings())
        .allMatch(finding -> finding.line() >= 0 && !finding.message().isBlank());
  }

  @MethodSource("records")
  @FuzzTest(maxDuration = "10m")
  void record(byte[] bytes) {
    try {
      RecordReader.parse(bytes).forEach(row -> assertThat(row.path()).isNotEmpty());
    } catch (MalformedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("records")
  @FuzzTest(maxDuration = "10m")
  void metadata(byte[] bytes) {
    try {
      assertThat(CoreMetadata.parse(bytes).name().normalized()).isNotEmpty();
    } catch (MalformedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static SeekableInMemoryByteChannel channel(byte[] bytes) {
    return new SeekableInMemoryByteChannel(bytes.clone());
  }

  static Stream<Arguments> wheels() {
    SampleArtifact wheel =
        WheelBuilder.wheel("acme", "1.0")
            .file("acme/__init__.py", "import base64\nexec(base64.b64decode('eD0x'))\n")
            .file("acme.pth", "import acme\n")
            .build();
    return arguments(wheel.bytes());
  }

  static Stream<Arguments> sdists() {
    SampleArtifact sdist =
        SdistBuilder.sdist("acme", "1.0").file("setup.py", "import setuptools\n").build();
    return arguments(sdist.bytes());
  }

  static Stream<Arguments> sources() {
    List<byte[]> carriers =
        Reenactments.all().stream()
            .map(Reenactment::carriers)
            .flatMap(files -> files.entrySet().stream())
            .filter(file -> !file.getKey().endsWith(".js") && !file.getKey().endsWith(".wav"))
            .map(file -> file.getValue())
            .toList();
    return arguments(carriers.toArray(byte[][]::new));
  }

  static Stream<Arguments> records() {
    return arguments(
        "acme/a.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\nRECORD,,\n"
            .getBytes(UTF_8),
        "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n\ntext\n".getBytes(UTF_8));
  }

  private static Stream<Arguments> arguments(byte[]... seeds) {
    return Stream.of(seeds).map(seed -> Arguments.of((Object) seed));
  }
}
