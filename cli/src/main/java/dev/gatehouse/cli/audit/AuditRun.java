package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.cli.report.Meter;
import dev.gatehouse.cli.report.Progress;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.TargetReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at several targets at once and gives their reports in the order of the targets. What one of
 * them does wrong stays in its own report. The threads are made here; the calling one only waits
 * and draws the progress.
 */
final class AuditRun implements AutoCloseable {
  /** Often enough for the eye. */
  private static final long DRAWN_EVERY_MILLIS = 100;

  private final ExecutorService threads;
  private final Progress progress;

  /**
   * @param jobs how many targets at once
   */
  AuditRun(int jobs, Progress progress) {
    this.threads =
        Executors.newFixedThreadPool(
            jobs, Thread.ofPlatform().daemon().name("audit-", 1).factory());
    this.progress = progress;
  }

  /** Does one thing that may take long, such as finding the targets. */
  <T> T waitFor(Callable<T> work) throws Exception {
    Future<T> future = threads.submit(work);
    try {
      return finished(future);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** The reports, one for each task, in their order. */
  List<TargetReport> run(List<Task> tasks) throws InterruptedException {
    progress.begin(tasks);
    List<Future<TargetReport>> futures = new ArrayList<>();
    for (Task task : tasks) {
      futures.add(threads.submit(() -> inspect(task)));
    }
    List<TargetReport> reports = new ArrayList<>();
    for (Future<TargetReport> future : futures) {
      try {
        reports.add(finished(future));
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    progress.erase();
    return reports;
  }

  private <T> T finished(Future<T> future) throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return future.get(DRAWN_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        progress.draw();
      }
    }
  }

  private TargetReport inspect(Task task) {
    Meter meter = progress.started(task);
    try {
      return task.inspection().inspect(meter);
    } catch (IOException e) {
      return failed(task, "Could not read it: " + Reasons.of(e) + ".");
    } catch (OutOfMemoryError e) {
      return failed(
          task,
          "Could not finish: the memory was not enough. Give it more with GATEHOUSE_JAVA_OPTS=-Xmx1g, or audit with"
              + " --jobs 1.");
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      return failed(task, broken(e));
    } finally {
      progress.ended(task, meter);
    }
  }

  /** Nobody foresaw it. One target's trouble must neither end the others nor pass for clean. */
  private static String broken(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return "Gatehouse failed in a way that it should not (%s%s); please report it."
        .formatted(
            e.getClass().getSimpleName(),
            trace.length == 0
                ? ""
                : " in " + trace[0].getFileName() + ", line " + trace[0].getLineNumber());
  }

  private static TargetReport failed(Task task, String message) {
    return new TargetReport(
        task.target(), task.kind(), null, List.of(), List.of(new Problem(null, message)), Map.of());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    progress.erase();
  }
}
