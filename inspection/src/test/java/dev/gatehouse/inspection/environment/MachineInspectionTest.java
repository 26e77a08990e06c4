package dev.gatehouse.inspection.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.findings.Status;
import dev.gatehouse.findings.TargetReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineInspectionTest {
  private final MemoryTree tree =
      new MemoryTree()
          .folder("usr/lib/python3/dist-packages")
          .file("home/me/.bashrc", "export PYTHONSTARTUP=/x\n")
          .folder("home/me/.cache/uv")
          .folder("home/other")
          .file("w/.venv/pyvenv.cfg", "home = /tmp/x\n")
          .folder("w/secret")
          .closed("w/secret");

  private static MachineInspection inspection() {
    return new MachineInspection(
        new FakeArtifacts(), Inspections::collaborators, KnownBad.builtIn());
  }

  private List<MachineInspection.Piece> pieces(String home) {
    return inspection().pieces(tree, new SearchPlaces(Platform.LINUX, "/w", home, Map.of()));
  }

  @Test
  void namesEachPieceAsItIsWritten() {
    assertThat(pieces("/home/me"))
        .extracting(MachineInspection.Piece::name)
        .containsExactly(
            "/usr", "/w/.venv", "/home/me/.cache/uv (the cache of uv)", "/home/me", "this machine");
  }

  @Test
  void inspectsEachPiece() {
    List<TargetReport> reports =
        pieces("/home/me").stream().map(piece -> piece.inspection().get()).toList();

    assertThat(reports)
        .flatExtracting(Inspections::texts)
        .containsExactlyInAnyOrder(
            "startup-interpreter-config high pyvenv.cfg:1",
            "startup-environment-variable medium .bashrc:1");
    assertThat(reports.getLast().status()).isEqualTo(Status.INCOMPLETE);
    assertThat(reports.getLast().problems())
        .extracting(problem -> problem.path())
        .containsExactly("w/secret");
  }

  @Test
  void looksIntoTheHomesOfAllForRoot() {
    tree.folder("root");

    assertThat(pieces("/root"))
        .extracting(MachineInspection.Piece::name)
        .contains("/root", "/home/me", "/home/other");
  }

  @Test
  void inspectsOneEnvironmentByItsFolder() {
    assertThat(Inspections.texts(inspection().environment(".venv", "w/.venv", tree)))
        .containsExactly("startup-interpreter-config high pyvenv.cfg:1");
    assertThat(inspection().environment("home", "home", tree).status())
        .isEqualTo(Status.INCOMPLETE);
  }
}
