package dev.gatehouse.inspection.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.EntryReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ImageInspectorTest {
  private static final String PTH = "import os; Popen\n";

  private final MemoryTree tree =
      new MemoryTree()
          .file("usr/lib/python3/dist-packages/a.pth", PTH)
          .file("srv/venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.1\n")
          .file("srv/venv/lib/python3.12/site-packages/b.pth", PTH)
          .link("srv/venv/lib/python3.12/site-packages/c.pth", "b.pth")
          .file("etc/passwd", "app:x:1:1::/var/lib/app:/bin/sh\n")
          .file("var/lib/app/.profile", "export PYTHONSTARTUP=/x\n")
          .file("root/.config/sysmon/sysmon.py", "")
          .file("root/.cache/pip/http-v2/a/b.body", "PK\3\4evil")
          .file("tmp/x-1-py3-none-any.whl", "evil")
          .file("tmp/pglog", "")
          .file("usr/share/data.tar.gz", "evil");

  private static final List<String> ALL =
      List.of(
          "known-persistence critical root/.config/sysmon/sysmon.py:0",
          "known-persistence critical tmp/pglog:0",
          "startup-pth-exec critical root/.cache/pip/http-v2/a/b.body!/x.pth:1",
          "startup-pth-exec critical srv/venv/lib/python3.12/site-packages/b.pth:1",
          "startup-pth-exec critical srv/venv/lib/python3.12/site-packages/c.pth:1",
          "startup-pth-exec critical tmp/x-1-py3-none-any.whl!/x.pth:1",
          "startup-pth-exec critical usr/lib/python3/dist-packages/a.pth:1",
          "startup-environment-variable medium var/lib/app/.profile:1");

  private static ImageInspector inspector() {
    return new ImageInspector(new FakeArtifacts(), Inspections::collaborators, KnownBad.builtIn());
  }

  @Test
  void findsAllThatRunsByItself() {
    TargetReport report = inspector().inspect("image", tree);

    assertThat(report.kind()).isEqualTo(Kind.IMAGE);
    assertThat(Inspections.texts(report)).containsAll(ALL);
    assertThat(report.problems()).isEmpty();
    assertThat(report.details()).containsEntry("artifacts", 2);
    assertThat(String.valueOf(report.details().get("environments")))
        .contains("/srv/venv", "3.12.1", "/usr");
  }

  @Test
  void findsTheSameInAnImageThatIsReadAsAStream() {
    Streamed image = new Streamed();

    TargetReport report = inspector().inspect("image", image.index(), image::read);

    assertThat(report.findings())
        .isEqualTo(inspector().inspect("image", tree).findings())
        .isNotEmpty();
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void neverCallsCleanWhatTheImageDidNotGive() {
    MemoryTree one = new MemoryTree().file("usr/lib/python3/dist-packages/a.py", "");

    TargetReport report =
        inspector()
            .inspect(
                "image", one, (wanted, reader) -> new ArchiveReading(List.of(), List.of(), 0, 0));

    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.problems())
        .extracting(Problem::path)
        .containsExactly("usr/lib/python3/dist-packages/a.py");
  }

  /** Opens at once what it must, and gives the rest from the last to the first. */
  private final class Streamed {
    FileTree index() {
      return new FileTree() {
        @Override
        public Optional<TreeEntry> stat(String path) {
          return tree.stat(path);
        }

        @Override
        public List<TreeEntry> list(String folder) throws IOException {
          return tree.list(folder);
        }

        @Override
        public SeekableByteChannel open(String path) throws IOException {
          if (!ImageInspector.isNeededAtOnce(path)) {
            throw new IOException("is not held: " + path);
          }
          return tree.open(path);
        }
      };
    }

    ArchiveReading read(Predicate<String> wanted, EntryReader reader) {
      List<Problem> problems = new ArrayList<>();
      for (String path : tree.files().reversed()) {
        if (wanted.test(path)) {
          try (SeekableByteChannel bytes = tree.open(path)) {
            reader.read(
                new ArchiveEntry(path, ArchiveEntry.Type.FILE, bytes.size(), false, null),
                Channels.newInputStream(bytes));
          } catch (IOException e) {
            problems.add(new Problem(path, String.valueOf(e.getMessage())));
          }
        }
      }
      return new ArchiveReading(List.of(), problems, 0, 0);
    }
  }
}
