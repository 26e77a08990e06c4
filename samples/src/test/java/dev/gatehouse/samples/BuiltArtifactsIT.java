package dev.gatehouse.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the builders build, in the eyes of the real tools. */
class BuiltArtifactsIT {
  private final SampleArtifact wheel =
      WheelBuilder.wheel("Acme.Rockets", "1.0.post1")
          .file("acme_rockets/__init__.py", "HEIGHT = 3\n")
          .requiresDist("never-published>=1")
          .requiresPython(">=3.6")
          .padding(1000)
          .build();

  @TempDir Path folder;
  private Python python;

  @BeforeEach
  void findPython() throws Exception {
    python = Python.in(folder);
  }

  @Test
  void pipInstallsTheWheel() throws Exception {
    Path file = wheel.writeTo(folder);

    Python.Outcome install =
        python.pip("install", "--no-index", "--no-deps", "--target", "out", file.toString());

    assertThat(install.exitCode()).as(install.output()).isZero();
    assertThat(folder.resolve("out/acme_rockets/__init__.py")).hasContent("HEIGHT = 3\n");
    assertThat(folder.resolve("out/acme_rockets-1.0.post1.dist-info/METADATA"))
        .hasBinaryContent(wheel.metadata());
  }

  @Test
  void pythonFindsEveryHashOfRecordTrue() throws Exception {
    assertThat(rowsOfRecord(wheel.writeTo(folder))).isEqualTo("5 rows");
  }

  @Test
  void pythonFindsEveryHashOfALargeWheelTrue() throws Exception {
    LargeWheel large =
        LargeWheel.write(
            folder, "Acme.Models", "1.0", 3_000_000, Map.of("hook.pth", "import os\n"));

    assertThat(rowsOfRecord(large.file())).isEqualTo("6 rows");
    assertThat(large.size()).isBetween(3_000_000L, 3_010_000L);
  }

  private String rowsOfRecord(Path file) throws Exception {
    String check =
        """
        import base64, csv, hashlib, sys, zipfile
        with zipfile.ZipFile(sys.argv[1]) as wheel:
            assert wheel.testzip() is None
            record = [n for n in wheel.namelist() if n.endswith('.dist-info/RECORD')][0]
            rows = list(csv.reader(wheel.read(record).decode().splitlines()))
            assert sorted(r[0] for r in rows) == sorted(wheel.namelist()), rows
            for path, digest, size in rows:
                if path != record:
                    content = wheel.read(path)
                    found = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
                    assert digest == 'sha256=' + found.rstrip(b'=').decode(), path
                    assert int(size) == len(content), path
            print(len(rows), 'rows')
        """;

    return python.run("-c", check, file.toString()).output().strip();
  }

  @Test
  void pipBuildsAndInstallsTheSdist() throws Exception {
    SampleArtifact sdist = SdistBuilder.sdist("acme-rockets", "2.0").padding(1000).build();
    Path file = sdist.writeTo(folder);

    Python.Outcome install =
        python.pip("install", "--no-index", "--no-deps", "--target", "out", file.toString());

    assertThat(install.exitCode()).as(install.output()).isZero();
    assertThat(folder.resolve("out/acme_rockets/__init__.py"))
        .hasContent("__version__ = \"2.0\"\n");
  }

  @Test
  void pythonReadsTheMetadataOfTheSdist() throws Exception {
    SampleArtifact sdist = SdistBuilder.sdist("acme-rockets", "2.0").requiresDist("idna<4").build();
    Path file = sdist.writeTo(folder);
    String read =
        """
        import sys, tarfile
        from email import message_from_binary_file
        with tarfile.open(sys.argv[1]) as sdist:
            info = message_from_binary_file(sdist.extractfile('acme_rockets-2.0/PKG-INFO'))
            print(info['Name'], info['Version'], info['Requires-Dist'])
        """;

    Python.Outcome outcome = python.run("-c", read, file.toString());

    assertThat(outcome.output()).isEqualToNormalizingNewlines("acme-rockets 2.0 idna<4\n");
  }

  @Test
  void pipInstallsFromATreeByItsPages() throws Exception {
    Path root =
        SimpleTree.in(folder.resolve("simple"))
            .add(WheelBuilder.wheel("idna", "3.7").build())
            .add(WheelBuilder.wheel("app", "1.0").requiresDist("idna").build())
            .add(WheelBuilder.wheel("app", "2.0").build(), offer -> offer.yanked("broken"))
            .write();

    Python.Outcome install =
        python.pip("install", "--index-url", root.toUri().toString(), "--target", "out", "app");

    assertThat(install.exitCode()).as(install.output()).isZero();
    assertThat(folder.resolve("out/app/__init__.py")).hasContent("__version__ = \"1.0\"\n");
    assertThat(Files.exists(folder.resolve("out/idna-3.7.dist-info"))).isTrue();
  }
}
