package dev.gatehouse.inbound;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.eclipse.jetty.server.RequestLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * The file of the access log, another one each day. Requests hand in their lines and go on; one
 * thread writes what has gathered. Who is faster than the disk waits, so that no line is lost:
 * Jetty's own asynchronous writer drops what is more than 1,024 lines behind, and warns of each.
 */
final class AccessLogFile extends RequestLogWriter {
  private static final Logger LOG = System.getLogger(AccessLogFile.class.getName());

  private static final int DAYS = 31;

  /** About 1 MB of lines. */
  private static final int MOST_WAITING = 8_192;

  private static final int MOST_AT_ONCE = 1_024;

  /** Lines come together in the file after that: under load, one wake-up for many of them. */
  private static final Duration GATHER = Duration.ofMillis(10);

  /** After it, nothing comes any more; no line is empty. */
  private static final String END = "";

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile @Nullable Thread writer;
  private boolean failing;

  AccessLogFile(Path folder) {
    super(folder.resolve("access.yyyy_mm_dd.log").toString());
    setRetainDays(DAYS);
    setTimeZone("UTC");
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    writer = Thread.ofPlatform().name("access-log").daemon().start(this::writeAll);
  }

  @Override
  public void write(String line) throws IOException {
    if (writer == null) {
      super.write(line);
      return;
    }
    try {
      waiting.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      super.write(line); // out of order, but not lost
    }
  }

  private void writeAll() {
    List<String> lines = new ArrayList<>(MOST_AT_ONCE);
    boolean more = true;
    while (more) {
      try {
        lines.add(waiting.take());
        Thread.sleep(GATHER);
      } catch (InterruptedException nobodyDoes) {
        more = false; // what was taken is written all the same
      }
      waiting.drainTo(lines, MOST_AT_ONCE - 1);
      more &= !lines.removeIf(String::isEmpty);
      writeTogether(lines);
      lines.clear();
    }
  }

  private void writeTogether(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    try {
      super.write(String.join(System.lineSeparator(), lines));
      failing = false;
    } catch (IOException e) {
      // Told once for each time that it begins, not for each line.
      if (!failing) {
        LOG.log(Level.ERROR, "Could not write the access log", e);
      }
      failing = true;
    }
  }

  @Override
  protected void doStop() throws Exception {
    Thread running = writer;
    if (running != null) {
      waiting.put(END);
      running.join();
      writer = null;
    }
    super.doStop();
  }
}
