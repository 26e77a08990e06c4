package dev.gatehouse.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own, which does one of {@link Act} with a data folder, says so in a line, and then
 * waits to be killed: for what no exception can show.
 */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private OtherProcess(Process process) {
    this.process = process;
    this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  enum Act {
    HOLD_FOLDER {
      @Override
      void with(DataFolder data) {}
    },
    WRITE_HALF_A_BLOB {
      @Override
      void with(DataFolder data) throws IOException {
        StagedBlob staged = FileBlobStore.open(data.blobs(), data.staging()).stage();
        staged.write(ByteBuffer.allocate(1_000_000));
        UNFINISHED.add(staged);
      }
    },
    WRITE_HALF_A_TRANSACTION {
      @Override
      void with(DataFolder data) {
        SqliteDatabase database = SqliteDatabase.open(data.database());
        database.migrate(
            "test", List.of(new Migration(1, "notes", "CREATE TABLE note (line VARCHAR(100))")));
        database.useWrite(handle -> handle.execute("INSERT INTO note VALUES ('committed')"));
        database.useWrite(
            handle -> {
              handle.execute("INSERT INTO note VALUES ('unfinished')");
              sayAndWait("done");
            });
      }
    },
    FILL_THE_DISK {
      @Override
      void with(DataFolder data) throws IOException {
        BlobStore store = FileBlobStore.open(data.blobs(), data.staging());
        StagedBlob staged = store.stage();
        try {
          while (staged.written() < 64_000_000) {
            staged.write(ByteBuffer.allocate(100_000));
          }
        } catch (IOException e) {
          sayAndWait("write: " + e.getMessage() + "; " + commit(staged));
        }
      }

      private static String commit(StagedBlob staged) {
        try (staged) {
          staged.commit();
          return "committed";
        } catch (IOException e) {
          return "commit: " + e.getMessage();
        }
      }
    };

    /** What must not be collected, or else closed, before the process is killed. */
    private static final List<Object> UNFINISHED = new ArrayList<>();

    abstract void with(DataFolder data) throws IOException;
  }

  /** Starts it; it has not come far when this returns. */
  static OtherProcess start(Act act, Path folder) throws IOException {
    return start(command(act, folder));
  }

  /** Starts it with a limit on the size of files, which fails writes as a full disk does. */
  static OtherProcess startWithFullDisk(Act act, Path folder) throws IOException {
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "ulimit -f 4000; exec \"$@\"", "sh"));
    shell.addAll(command(act, folder));
    return start(shell);
  }

  private static OtherProcess start(List<String> command) throws IOException {
    return new OtherProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static List<String> command(Act act, Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:-UsePerfData",
        OtherProcess.class.getName(),
        act.name(),
        folder.toString());
  }

  long pid() {
    return process.pid();
  }

  /** Waits for the next line that it says; null when it has ended. */
  @Nullable String line() throws IOException {
    return lines.readLine();
  }

  /** Ends it without a chance to do anything, as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] arguments) throws IOException {
    List<String> given = Arrays.asList(arguments);
    try (DataFolder data = DataFolder.open(Path.of(given.get(1)))) {
      Act.valueOf(given.get(0)).with(data);
      sayAndWait("done");
    } catch (DataFolderInUseException e) {
      sayAndWait(e.getMessage());
    }
  }

  @SuppressWarnings("SystemOut") // it is how the test hears of it
  private static void sayAndWait(@Nullable String line) {
    System.out.println(line);
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; the end comes from outside.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
