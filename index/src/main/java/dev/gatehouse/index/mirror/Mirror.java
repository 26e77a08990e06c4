package dev.gatehouse.index.mirror;

import dev.gatehouse.store.BlobStore;
import dev.gatehouse.store.Database;
import dev.gatehouse.upstream.UpstreamRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The pages and files of the upstreams, put together.
 *
 * @param pages what is known of projects
 * @param artifacts their files
 */
public record Mirror(PageMirror pages, ArtifactMirror artifacts) {
  /**
   * Opens the mirror over a store, whose tables it brings up to date.
   *
   * @param patience how long a client waits for the confirmation of a page that is already known
   * @param executor runs what many clients wait for: one task blocks for as long as an upstream
   *     takes
   */
  public static Mirror open(
      Database database,
      BlobStore blobs,
      UpstreamRoutes routes,
      InstantSource clock,
      Duration patience,
      Executor executor,
      MeterRegistry registry) {
    database.migrate(MirrorMigrations.OWNER, MirrorMigrations.ALL);
    MirrorMetrics metrics = new MirrorMetrics(registry);
    PageMirror pages =
        new PageMirror(new PageRepository(database), routes, clock, patience, executor, metrics);
    KeptRepository kept = new KeptRepository(database);
    Intake intake = new Intake(blobs, kept, clock, metrics);
    return new Mirror(pages, new ArtifactMirror(pages, blobs, kept, intake, executor));
  }
}
