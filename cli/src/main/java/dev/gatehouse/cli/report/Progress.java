package dev.gatehouse.cli.report;

import dev.gatehouse.findings.Printable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One line on the terminal while the work takes longer than half a second: how much is done, and
 * what is being looked at. It is erased when the work is done. Tasks report from their own threads;
 * one thread draws.
 */
public final class Progress {
  /** Something to do. */
  public interface Item {
    /** What it is called on the line. */
    String target();

    /** How much there is to read; 0 where nobody knows. */
    long bytes();
  }

  private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int BAR = 20;

  private final @Nullable PrintWriter terminal;
  private final int columns;
  private final LongSupplier nanoTime;
  private final long start;
  private final String before;
  private final Map<Item, Meter> running = new LinkedHashMap<>();
  private int tasks;
  private long bytes;
  private int tasksDone;
  private long bytesDone;
  private boolean isDrawn;

  /**
   * @param terminal where it is drawn; null: nowhere
   * @param columns that a line may have
   * @param before what the line says until it is known what there is to do
   * @param nanoTime as {@link System#nanoTime} gives it
   */
  public Progress(
      @Nullable PrintWriter terminal, int columns, String before, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.columns = columns;
    this.before = before;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Says what there is to do. */
  public synchronized void begin(List<? extends Item> all) {
    tasks = all.size();
    bytes = all.stream().mapToLong(Item::bytes).sum();
  }

  /** Says that one is being worked at; what is read of it is told to the meter. */
  public synchronized Meter started(Item task) {
    Meter meter = new Meter();
    running.put(task, meter);
    return meter;
  }

  /** Says that one is done. */
  public synchronized void ended(Item task, Meter meter) {
    running.remove(task, meter);
    tasksDone++;
    bytesDone += task.bytes();
  }

  /** Draws it anew, where there is a terminal and it is time. */
  public synchronized void draw() {
    if (terminal == null || nanoTime.getAsLong() - start < SILENT_NANOS) {
      return;
    }
    terminal.print("\r" + line() + "\u001b[K");
    terminal.flush();
    isDrawn = true;
  }

  /** Leaves the line as if nothing had been there. */
  public synchronized void erase() {
    if (terminal != null && isDrawn) {
      terminal.print("\r\u001b[K");
      terminal.flush();
      isDrawn = false;
    }
  }

  private String line() {
    if (tasks == 0) {
      return before;
    }
    double done = fraction();
    int filled = (int) (done * BAR);
    String begin =
        "[%s%s] %3d %%  %d of %d  "
            .formatted(
                "#".repeat(filled), ".".repeat(BAR - filled), (int) (done * 100), tasksDone, tasks);
    String name = running.isEmpty() ? "" : running.keySet().iterator().next().target();
    int room = Math.max(10, columns - begin.length() - 2);
    return begin + (name.isEmpty() ? "" : tail(Printable.of(name, 500), room));
  }

  /** The end of a path says more than its beginning. */
  private static String tail(String name, int room) {
    return name.length() <= room ? name : "…" + name.substring(name.length() - room + 1);
  }

  /**
   * Of the bytes where they are known, else of the tasks. A second pass over a file adds nothing.
   */
  private double fraction() {
    if (bytes == 0) {
      return (double) tasksDone / tasks;
    }
    long read = bytesDone;
    for (Map.Entry<Item, Meter> entry : running.entrySet()) {
      read += Math.min(entry.getValue().bytes(), entry.getKey().bytes());
    }
    return Math.min(1, (double) read / bytes);
  }
}
