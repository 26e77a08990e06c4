package dev.gatehouse.index.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.upstream.PageOutcome;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamFailure;
import dev.gatehouse.upstream.UpstreamRoutes;
import dev.gatehouse.upstream.Validator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams' project pages: asked for once however many clients wait, revalidated when they are
 * no longer fresh, kept for the time when an upstream is down, slow, or answers nonsense.
 */
public final class PageMirror {
  /** How long a page counts as fresh where its upstream does not say. */
  private static final Duration DEFAULT_FRESH = Duration.ofMinutes(1);

  /** An upstream may ask for less and for more, within these: PyPI says ten minutes. */
  private static final Duration LEAST_FRESH = Duration.ofSeconds(5);

  private static final Duration MOST_FRESH = Duration.ofMinutes(10);

  /** How long the answer "no such project" is believed. */
  private static final Duration ABSENT_FRESH = Duration.ofMinutes(1);

  /**
   * After a failure the upstream is left alone for this long, so that one that hangs delays few
   * requests.
   */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(20);

  private static final Logger LOG = System.getLogger(PageMirror.class.getName());

  /**
   * What is known of a project, and until when it need not be confirmed.
   *
   * @param project null: nothing is known
   * @param failure why it could not be confirmed; null: it could
   */
  private record State(
      String upstream,
      @Nullable KnownProject project,
      Instant confirmedUntil,
      @Nullable UpstreamFailure failure) {}

  private final PageRepository repository;
  private final InstantSource clock;
  private final Duration patience;
  private final SingleFlight<ProjectName, State> refreshes;
  private final MirrorMetrics metrics;
  private final Cache<ProjectName, State> states;
  private volatile UpstreamRoutes routes;

  /**
   * @param patience how long a client waits for the confirmation of a page that is already known,
   *     before it is given the known one
   */
  PageMirror(
      PageRepository repository,
      UpstreamRoutes routes,
      InstantSource clock,
      Duration patience,
      Executor executor,
      MirrorMetrics metrics) {
    this.repository = repository;
    this.routes = routes;
    this.clock = clock;
    this.patience = patience;
    this.refreshes = new SingleFlight<>(executor);
    this.metrics = metrics;
    // 40,000 files: about 60 MB at the 1.5 KB that a page's file takes with its history.
    this.states =
        Caffeine.newBuilder()
            .maximumWeight(40_000)
            .<ProjectName, State>weigher((_, state) -> weight(state))
            .build();
  }

  private static int weight(State state) {
    return state.project() == null ? 1 : 1 + state.project().page().files().size();
  }

  /**
   * Puts other routes in force: a project is asked of its new upstream from the next look-up on.
   */
  public void apply(UpstreamRoutes next) {
    routes = next;
  }

  /** The projects that are known from before or listed by a folder upstream, in order. */
  public List<ProjectName> projects() {
    UpstreamRoutes now = routes;
    return Stream.concat(
            repository.projects(upstreams()).stream(),
            now.upstreams().stream().flatMap(upstream -> upstream.projects().stream()))
        .filter(project -> now.route(project).isPresent())
        .distinct()
        .sorted()
        .toList();
  }

  /** What is known of a project already. Asks no upstream. */
  public Optional<KnownProject> known(ProjectName project) {
    return routes
        .route(project)
        .flatMap(upstream -> Optional.ofNullable(state(project, upstream).project()));
  }

  /** The names of the upstreams that are asked now. */
  List<String> upstreams() {
    return routes.upstreams().stream().map(Upstream::name).toList();
  }

  /** The upstream that a known project's files come from; empty when the routes changed since. */
  Optional<Upstream> upstreamOf(KnownProject project) {
    return routes.route(project.name()).filter(up -> up.name().equals(project.upstream()));
  }

  /**
   * What is known of a project, confirmed with its upstream where it is no longer fresh. Blocks for
   * the upstream's answer; for a project that is known already, not longer than the patience.
   */
  public PageLookup lookup(ProjectName project) {
    Optional<Upstream> route = routes.route(project);
    if (route.isEmpty()) {
      return new PageLookup.Absent();
    }
    Upstream upstream = route.get();
    State state = state(project, upstream);
    if (clock.instant().isBefore(state.confirmedUntil())) {
      return answer(state);
    }
    CompletableFuture<State> refresh =
        refreshes.join(project, () -> refresh(project, upstream, state));
    return answer(state.project() == null ? await(refresh) : awaitWithPatience(refresh, state));
  }

  private State state(ProjectName project, Upstream upstream) {
    State state = states.getIfPresent(project);
    return state == null || !state.upstream().equals(upstream.name())
        ? load(project, upstream)
        : state;
  }

  private State load(ProjectName project, Upstream upstream) {
    KnownProject known = repository.find(project, upstream.name()).orElse(null);
    State state = new State(upstream.name(), known, Instant.MIN, null);
    if (known != null) {
      states.put(project, state);
    }
    return state;
  }

  private static PageLookup answer(State state) {
    if (state.project() != null) {
      return new PageLookup.Found(state.project(), state.failure());
    }
    return state.failure() == null
        ? new PageLookup.Absent()
        : new PageLookup.Unavailable(state.failure());
  }

  private static State await(CompletableFuture<State> refresh) {
    try {
      return refresh.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private State awaitWithPatience(CompletableFuture<State> refresh, State before) {
    try {
      return refresh.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new State(
          before.upstream(), before.project(), before.confirmedUntil(), slow(before.upstream()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return before;
    }
  }

  private UpstreamFailure slow(String upstream) {
    return new UpstreamFailure(
        UpstreamFailure.Code.TIMEOUT,
        "confirm the page with the upstream " + upstream,
        "no answer within " + patience.toMillis() + " ms",
        "The page known from before is served; the upstream is still being asked.");
  }

  private SingleFlight.Landed<State> refresh(ProjectName project, Upstream upstream, State before) {
    KnownProject known = before.project();
    Validator validator = known == null ? null : known.validator();
    PageOutcome outcome = upstream.page(project, validator);
    metrics.asked(upstream.name(), outcome);
    SingleFlight.Landed<State> landed =
        switch (outcome) {
          case PageOutcome.Fresh fresh -> accept(upstream, fresh, known);
          case PageOutcome.NotModified unchanged ->
              landed(new State(upstream.name(), known, freshUntil(unchanged.maxAge()), null));
          case PageOutcome.Absent _ -> landed(forget(project, upstream, known));
          case PageOutcome.Unavailable unavailable ->
              landed(keep(project, upstream, known, unavailable.failure()));
        };
    states.put(project, landed.answer());
    return landed;
  }

  private static SingleFlight.Landed<State> landed(State state) {
    return new SingleFlight.Landed<>(state, () -> {});
  }

  private SingleFlight.Landed<State> accept(
      Upstream upstream, PageOutcome.Fresh fresh, @Nullable KnownProject known) {
    ProjectPage page = fresh.page();
    note(upstream, page, fresh.problems());
    Instant freshUntil = freshUntil(fresh.maxAge());
    if (known != null && known.page().equals(page) && known.validator().equals(fresh.validator())) {
      return landed(new State(upstream.name(), known, freshUntil, null));
    }
    Map<String, Seen> history =
        known == null ? repository.history(page.name(), upstream.name()) : known.seen();
    KnownProject project =
        KnownProject.listed(upstream.name(), page, history, fresh.validator(), clock.instant());
    page.files().forEach(file -> warnIfChanged(project, file));
    return new SingleFlight.Landed<>(
        new State(upstream.name(), project, freshUntil, null), () -> store(project));
  }

  /**
   * Nobody waits for the disk: what is lost with the power is asked for again. Its files then count
   * as seen later than they were, which can only hold them longer.
   */
  private void store(KnownProject project) {
    try {
      repository.save(project);
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "Could not store the page of "
              + project.name()
              + "; it is served from memory until the"
              + " next start. Check the data folder's free space and permissions.",
          e);
    }
  }

  private void warnIfChanged(KnownProject project, PageFile file) {
    Seen seen = project.seen().get(file.name().filename());
    Sha256 offered = file.sha256().orElse(null);
    if (seen != null && seen.sha256() != null && !seen.sha256().equals(offered)) {
      metrics.changed();
      LOG.log(
          Level.WARNING,
          "bytes-changed: the upstream {0} lists {1} with sha256 {2}; since {3} it was {4}",
          project.upstream(),
          file.name().filename(),
          offered,
          seen.at(),
          seen.sha256());
    }
  }

  private State forget(ProjectName project, Upstream upstream, @Nullable KnownProject known) {
    if (known != null) {
      repository.markGone(project, upstream.name(), clock.instant());
      LOG.log(Level.WARNING, "The upstream {0} no longer has {1}", upstream.name(), project);
    }
    return new State(upstream.name(), null, clock.instant().plus(ABSENT_FRESH), null);
  }

  private State keep(
      ProjectName project,
      Upstream upstream,
      @Nullable KnownProject known,
      UpstreamFailure failure) {
    LOG.log(
        Level.WARNING,
        "Could not {0}: {1} ({2}). {3}",
        failure.tried(),
        failure.problem(),
        failure.code().text(),
        known == null
            ? "Nothing is known of " + project + " from before."
            : project + " is served as it was at " + known.fetchedAt() + ".");
    return new State(upstream.name(), known, clock.instant().plus(RETRY_AFTER), failure);
  }

  /** Old pages are full of files that nobody misses; a page that offers none at all is missed. */
  private static void note(Upstream upstream, ProjectPage page, List<String> problems) {
    if (page.files().isEmpty() && !problems.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "The page of {0} at the upstream {1} offers nothing that can be served. The first of {2}: {3}",
          page.name(),
          upstream.name(),
          problems.size() == 1 ? "1 problem" : problems.size() + " problems",
          problems.getFirst());
    }
    for (String problem : problems) {
      LOG.log(
          Level.DEBUG,
          "The page of {0} at the upstream {1}: {2}",
          page.name(),
          upstream.name(),
          problem);
    }
  }

  private Instant freshUntil(@Nullable Duration asked) {
    Duration fresh = asked == null ? DEFAULT_FRESH : asked;
    fresh = fresh.compareTo(LEAST_FRESH) < 0 ? LEAST_FRESH : fresh;
    fresh = fresh.compareTo(MOST_FRESH) > 0 ? MOST_FRESH : fresh;
    return clock.instant().plus(fresh);
  }
}
