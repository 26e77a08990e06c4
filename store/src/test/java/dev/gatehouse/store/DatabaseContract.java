package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.store.StoreException.Code;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every database does, whichever engine is behind it. */
abstract class DatabaseContract {
  private static final Migration PROJECTS =
      new Migration(
          1,
          "projects",
          """
          CREATE TABLE project (name VARCHAR(200) PRIMARY KEY, visits INTEGER NOT NULL);
          CREATE TABLE version (
            project VARCHAR(200) NOT NULL REFERENCES project (name),
            version VARCHAR(100) NOT NULL
          );
          """);
  private static final Migration OWNERS =
      new Migration(2, "owners", "ALTER TABLE project ADD COLUMN owner VARCHAR(100)");

  private Database database;

  /** Opens the test's own database, which is empty at first and keeps what was written to it. */
  abstract Database open();

  @BeforeEach
  void openDatabase() {
    database = open();
    database.migrate("index", List.of(PROJECTS));
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Nested
  class Writing {
    @Test
    void keepsWhatWasCommittedWhenOpenedAgain() {
      insert("requests");

      database.close();
      database = open();

      assertThat(names()).containsExactly("requests");
    }

    @Test
    void givesBackWhatTheWorkReturns() {
      int visits = database.write(handle -> insert(handle, "requests"));

      assertThat(visits).isEqualTo(1);
    }

    @Test
    void rollsBackWhenTheWorkThrowsAndThrowsTheSame() {
      IllegalStateException thrown = new IllegalStateException("a change of mind");

      assertRollsBackAndThrows(
          thrown,
          () -> {
            throw thrown;
          });
    }

    @Test
    void rollsBackForAnErrorToo() {
      AssertionError thrown = new AssertionError("a broken invariant");

      assertRollsBackAndThrows(
          thrown,
          () -> {
            throw thrown;
          });
    }

    private void assertRollsBackAndThrows(Throwable thrown, Runnable fails) {
      assertThatThrownBy(
              () ->
                  database.useWrite(
                      handle -> {
                        insert(handle, "requests");
                        fails.run();
                      }))
          .isSameAs(thrown);
      assertThat(names()).isEmpty();
    }

    @Test
    void goesOnAfterWorkThatFailed() {
      insert("requests");
      failsWith(Code.CONSTRAINT, () -> insert("requests"));

      insert("flask");

      assertThat(names()).containsExactly("flask", "requests");
    }

    @Test
    void refusesARowThatRefersToNone() {
      failsWith(
          Code.CONSTRAINT,
          () ->
              database.useWrite(
                  handle -> handle.execute("INSERT INTO version VALUES ('nobody', '1.0')")));
    }

    @Test
    void saysThatWrongSqlFailed() {
      failsWith(
          Code.FAILED, () -> database.useWrite(handle -> handle.execute("SELEKT 1 FROM project")));
    }

    @Test
    void refusesToWaitForItself() {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> database.useWrite(handle -> insert("requests")));
    }

    @Test
    void letsTwoWritersRaceWithoutLosingAnUpdate() throws Exception {
      insert("requests");
      int writers = 16;
      int rounds = 25;

      inParallel(writers, () -> repeat(rounds, DatabaseContract.this::readThenIncrement));

      assertThat(visits()).isEqualTo(1 + writers * rounds);
    }

    @Test
    void waitsForTheOutcomeEvenWhenInterrupted() throws Exception {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      ConcurrentLinkedQueue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
      Thread caller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    database.useWrite(
                        handle -> {
                          inside.countDown();
                          awaitQuietly(goOn);
                          insert(handle, "requests");
                        });
                    interrupted.add(Thread.currentThread().isInterrupted());
                  });
      inside.await();

      caller.interrupt();
      goOn.countDown();
      caller.join();

      assertThat(names()).containsExactly("requests");
      assertThat(interrupted).containsExactly(true);
    }
  }

  @Nested
  class Reading {
    @Test
    void seesOneSnapshotWhileOthersWrite() {
      insert("requests");

      List<Integer> seen =
          database.read(
              handle -> {
                int before = visits(handle);
                readThenIncrement();
                return List.of(before, visits(handle));
              });

      assertThat(seen).containsExactly(1, 1);
      assertThat(visits()).isEqualTo(2);
    }

    @Test
    void doesNotSeeWhatIsNotCommitted() {
      List<String> seen =
          database.write(
              handle -> {
                insert(handle, "requests");
                return names();
              });

      assertThat(seen).isEmpty();
    }

    @Test
    void refusesToWrite() {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> database.useRead(handle -> insert(handle, "requests")));

      assertThat(names()).isEmpty();
    }

    @Test
    void servesManyReadersAtOnce() throws Exception {
      insert("requests");

      inParallel(50, () -> repeat(20, () -> assertThat(visits()).isEqualTo(1)));
    }
  }

  @Nested
  class Migrating {
    @Test
    void appliesEachOnce() {
      insert("requests");

      database.migrate("index", List.of(PROJECTS));

      assertThat(names()).containsExactly("requests");
    }

    @Test
    void appliesWhatIsNewAndKeepsTheRows() {
      insert("requests");

      database.migrate("index", List.of(PROJECTS, OWNERS));

      database.useWrite(handle -> handle.execute("UPDATE project SET owner = 'psf'"));
      assertThat(names()).containsExactly("requests");
    }

    @Test
    void keepsTheHistoriesOfTwoModulesApart() {
      Migration audit = new Migration(1, "audit", "CREATE TABLE audit (line VARCHAR(100))");

      database.migrate("vetting", List.of(audit));
      database.migrate("index", List.of(PROJECTS));

      database.useWrite(handle -> handle.execute("INSERT INTO audit VALUES ('opened')"));
    }

    @Test
    void refusesADatabaseNewerThanTheProgram() {
      database.migrate("index", List.of(PROJECTS, OWNERS));

      StoreException refused =
          failsWith(Code.NEWER, () -> database.migrate("index", List.of(PROJECTS)));

      assertThat(refused).hasMessageContaining("migration 2, this one knows 1");
    }

    @Test
    void refusesAHistoryThatWasChangedAfterwards() {
      Migration changed = new Migration(1, "projects", PROJECTS.sql() + "-- and more");

      StoreException refused =
          failsWith(Code.MIGRATION_CHANGED, () -> database.migrate("index", List.of(changed)));

      assertThat(refused).hasMessageContaining("another migration 1");
    }

    @Test
    void takesBackAMigrationThatFailsHalfWay() {
      Migration halfWrong =
          new Migration(
              2, "owners", "CREATE TABLE owner (name TEXT); INSERT INTO nowhere VALUES (1)");

      StoreException refused =
          failsWith(
              Code.MIGRATION_FAILED, () -> database.migrate("index", List.of(PROJECTS, halfWrong)));

      assertThat(refused).hasMessageStartingWith("Could not apply migration 2 'owners' of index");
      database.migrate(
          "index", List.of(PROJECTS, new Migration(2, "owners", "CREATE TABLE owner (name TEXT)")));
    }

    @Test
    void refusesAHistoryWithAGap() {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> database.migrate("vetting", List.of(OWNERS)))
          .withMessageContaining("without gaps");
    }
  }

  @Nested
  class Closed {
    @Test
    void refusesWork() {
      database.close();

      failsWith(Code.CLOSED, () -> insert("requests"));
      failsWith(Code.CLOSED, () -> names());
    }

    @Test
    void letsRunningWorkEnd() throws Exception {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> write =
            callers.submit(
                () ->
                    database.useWrite(
                        handle -> {
                          inside.countDown();
                          awaitQuietly(goOn);
                          insert(handle, "requests");
                        }));
        inside.await();
        Future<?> close = callers.submit(() -> database.close());
        goOn.countDown();
        write.get();
        close.get();
      }

      database = open();

      assertThat(names()).containsExactly("requests");
    }
  }

  static StoreException failsWith(Code code, Runnable act) {
    StoreException thrown = catchThrowableOfType(StoreException.class, act::run);
    assertThat(thrown).isNotNull().hasMessageContaining("(" + code + ")");
    assertThat(thrown.code()).isEqualTo(code);
    return thrown;
  }

  private void insert(String name) {
    database.useWrite(handle -> insert(handle, name));
  }

  private static int insert(Handle handle, String name) {
    return handle.execute("INSERT INTO project (name, visits) VALUES (?, 1)", name);
  }

  /** Two steps on purpose: only a transaction that nobody shares makes them right. */
  private void readThenIncrement() {
    database.useWrite(
        handle -> handle.execute("UPDATE project SET visits = ?", visits(handle) + 1));
  }

  private int visits() {
    return database.read(DatabaseContract::visits);
  }

  private static int visits(Handle handle) {
    return handle.createQuery("SELECT visits FROM project").mapTo(Integer.class).one();
  }

  private List<String> names() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT name FROM project ORDER BY name")
                .mapTo(String.class)
                .list());
  }

  private static void repeat(int times, Runnable act) {
    for (int i = 0; i < times; i++) {
      act.run();
    }
  }

  private static void inParallel(int threads, Runnable act)
      throws InterruptedException, ExecutionException {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> all =
          IntStream.range(0, threads).mapToObj(i -> callers.submit(act)).toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("the writing thread is never interrupted", e);
    }
  }
}
