package dev.gatehouse.vetting.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.store.audit.AuditChain;
import dev.gatehouse.store.audit.AuditLog;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots over a real store. */
class SnapshotsIT {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-24T12:00:00Z"));
  private static final SnapshotName MARCH = new SnapshotName("march");
  private static final Snapshot.Entry DEMO = entry("demo", "1.0", "a");
  private static final Snapshot.Entry OTHER = entry("other", "2.0", "b");

  @TempDir private Path folder;
  private SqliteDatabase database;
  private AuditLog log;
  private Snapshots snapshots;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
    reopen();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void reopen() {
    log = AuditLog.open(database);
    snapshots = Snapshots.open(database, log, CLOCK);
  }

  private static Snapshot.Entry entry(String project, String version, String digit) {
    ProjectName name = ProjectName.parse(project);
    return new Snapshot.Entry(
        ArtifactName.parse(project + "-" + version + "-py3-none-any.whl", name),
        Sha256.parse(digit.repeat(64)));
  }

  private Snapshot madeMarch() {
    return ((Snapshots.Made.Done) snapshots.make(MARCH, List.of(OTHER, DEMO), "ann", "quarter"))
        .snapshot();
  }

  private List<String> logged() {
    return log.entries(0, 100).stream()
        .map(entry -> entry.actor() + " " + entry.action() + " " + entry.subject())
        .toList();
  }

  @Test
  void listsBytesAndNotNames() {
    Snapshot march = madeMarch();

    assertThat(march.lists(DEMO.artifact(), DEMO.sha256())).isTrue();
    assertThat(march.lists(DEMO.artifact(), OTHER.sha256())).isFalse();
    assertThat(march.lists(DEMO.artifact(), null)).isFalse();
    assertThat(march.lists(entry("demo", "2.0", "a").artifact(), DEMO.sha256())).isFalse();
    assertThat(march.projects())
        .extracting(ProjectName::normalized)
        .containsExactly("demo", "other");
  }

  @Test
  void isTheSameAfterARestart() {
    Snapshot march = madeMarch();
    snapshots.use(MARCH, "ann", "");

    reopen();

    Snapshot again = snapshots.find(MARCH).orElseThrow();
    assertThat(again.about()).isEqualTo(march.about());
    assertThat(again.entries()).containsExactly(DEMO, OTHER);
    assertThat(snapshots.all()).containsExactly(march.about());
    assertThat(snapshots.inUse()).hasToString("march");
  }

  @Test
  void theLogSaysWhatWasNamedAndWhoWentBackToIt() {
    Snapshot march = madeMarch();
    snapshots.use(MARCH, "bob", "the night of it");
    snapshots.use(MARCH, "bob", "again");
    snapshots.use(null, "ann", "");
    snapshots.use(null, "ann", "");
    snapshots.remove(MARCH, "ann");

    assertThat(logged())
        .containsExactly(
            "ann snapshot-create march",
            "bob snapshot-use march",
            "ann snapshot-end march",
            "ann snapshot-remove march");
    assertThat(log.entries(0, 1).getFirst().detail())
        .isEqualTo("2 files of 2 projects, sha256 " + march.about().sha256() + "; quarter");
    AuditChain chain = new AuditChain(null);
    log.entries(0, 100).forEach(chain::take);
    assertThat(chain.fault()).isEmpty();
  }

  @Test
  void nothingChangesWhereTheLogCannotBeWritten() {
    madeMarch();
    database.useWrite(handle -> handle.execute("ALTER TABLE audit_log RENAME TO gone"));

    assertThatThrownBy(() -> snapshots.use(MARCH, "ann", "")).hasMessageContaining("audit_log");
    assertThatThrownBy(() -> snapshots.remove(MARCH, "ann")).hasMessageContaining("audit_log");
    assertThatThrownBy(() -> snapshots.make(new SnapshotName("april"), List.of(DEMO), "ann", ""))
        .hasMessageContaining("audit_log");

    database.useWrite(handle -> handle.execute("ALTER TABLE gone RENAME TO audit_log"));
    reopen();
    assertThat(snapshots.inUse()).isNull();
    assertThat(snapshots.find(MARCH).orElseThrow().entries()).hasSize(2);
    assertThat(snapshots.find(new SnapshotName("april"))).isEmpty();
  }

  @Test
  void aNameIsGivenOnce() {
    madeMarch();

    assertThat(snapshots.make(MARCH, List.of(DEMO), "ann", ""))
        .isEqualTo(new Snapshots.Made.NameTaken(false));
    assertThat(snapshots.remove(MARCH, "ann")).isEqualTo(Snapshots.Removal.DONE);
    assertThat(snapshots.find(MARCH)).isEmpty();
    assertThat(snapshots.make(MARCH, List.of(DEMO), "ann", ""))
        .isEqualTo(new Snapshots.Made.NameTaken(true));
    assertThat(snapshots.remove(MARCH, "ann")).isEqualTo(Snapshots.Removal.UNKNOWN);
    assertThat(snapshots.use(MARCH, "ann", "")).isFalse();
  }

  @Test
  void whatIsInUseIsNotRemoved() {
    madeMarch();
    snapshots.use(MARCH, "ann", "");

    assertThat(snapshots.remove(MARCH, "ann")).isEqualTo(Snapshots.Removal.IN_USE);
    assertThat(snapshots.inUse()).hasToString("march");
  }

  @Test
  void isNotServedWhereSomebodyElseChangedItsFiles() {
    madeMarch();
    database.useWrite(
        handle ->
            handle.execute(
                "UPDATE snapshot_file SET sha256 = ? WHERE project = 'demo'", "c".repeat(64)));

    reopen();

    assertThatThrownBy(() -> snapshots.find(MARCH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("are not those that it was made of");
  }

  @Test
  void tellsWhichListAVersion() {
    madeMarch();
    snapshots.make(new SnapshotName("april"), List.of(DEMO), "ann", "");

    assertThat(snapshots.of(ProjectName.parse("demo"), Version.parse("1.0")))
        .containsExactlyInAnyOrder(MARCH, new SnapshotName("april"));
    assertThat(snapshots.of(ProjectName.parse("other"), Version.parse("2.0")))
        .containsExactly(MARCH);
    assertThat(snapshots.of(ProjectName.parse("demo"), Version.parse("3.0"))).isEmpty();
  }

  @Test
  void aNameIsAPartOfAnAddress() {
    for (String name : List.of("", "..", "a/b", "March", "é", "a b", "-a", "a".repeat(65))) {
      assertThat(SnapshotName.parseIfValid(name)).as(name).isEmpty();
      assertThatThrownBy(() -> new SnapshotName(name)).isInstanceOf(MalformedException.class);
    }
    assertThat(SnapshotName.parseIfValid("2026-03.before_it")).isPresent();
  }
}
