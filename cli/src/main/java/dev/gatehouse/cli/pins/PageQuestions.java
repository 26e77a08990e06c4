package dev.gatehouse.cli.pins;

import dev.gatehouse.cli.report.Meter;
import dev.gatehouse.cli.report.Progress;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Upstream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/** Asks an index for the pages of many projects at once. The calling thread draws the progress. */
final class PageQuestions {
  /** More than a browser takes of one host, and few enough for any index. */
  private static final int AT_ONCE = 16;

  private static final long DRAWN_EVERY_MILLIS = 100;

  private final Upstream index;
  private final Progress progress;

  /** A project that is asked for. */
  private record Asked(ProjectName project) implements Progress.Item {
    @Override
    public String target() {
      return project.normalized();
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  PageQuestions(Upstream index, Progress progress) {
    this.index = index;
    this.progress = progress;
  }

  /**
   * The answers.
   *
   * @param needed what of an answer is kept: pages of hundreds of projects at once are large
   */
  Map<ProjectName, PageOutcome> ask(
      Collection<ProjectName> projects, BiFunction<ProjectName, PageOutcome, PageOutcome> needed)
      throws InterruptedException {
    List<Asked> questions = projects.stream().map(Asked::new).toList();
    progress.begin(questions);
    Map<ProjectName, PageOutcome> answers = new LinkedHashMap<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("check-", 1).factory())) {
      Map<Asked, Future<PageOutcome>> futures = new LinkedHashMap<>();
      for (Asked asked : questions) {
        futures.put(asked, threads.submit(() -> answer(asked, needed)));
      }
      for (Map.Entry<Asked, Future<PageOutcome>> entry : futures.entrySet()) {
        answers.put(entry.getKey().project(), finished(entry.getValue()));
      }
    }
    progress.erase();
    return answers;
  }

  private PageOutcome answer(
      Asked asked, BiFunction<ProjectName, PageOutcome, PageOutcome> needed) {
    Meter meter = progress.started(asked);
    try {
      return needed.apply(asked.project(), index.page(asked.project(), null));
    } finally {
      progress.ended(asked, meter);
    }
  }

  private PageOutcome finished(Future<PageOutcome> future) throws InterruptedException {
    while (true) {
      try {
        return future.get(DRAWN_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        progress.draw();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
