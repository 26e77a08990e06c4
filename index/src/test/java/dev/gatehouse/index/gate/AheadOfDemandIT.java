package dev.gatehouse.index.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.ListingLookup;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.index.mirror.Mirror;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.samples.FakeIndex;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import dev.gatehouse.store.FileBlobStore;
import dev.gatehouse.store.SqliteDatabase;
import dev.gatehouse.upstream.Upstream;
import dev.gatehouse.upstream.UpstreamRoutes;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.upstream.Upstreams;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.exposure.Download;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest files of what clients use are vetted before anyone asks, and no others. */
class AheadOfDemandIT {
  private static final ProjectName DEMO = ProjectName.parse("demo");
  private static final Instant NOW = Instant.parse("2026-03-24T10:52:00Z");
  private static final SampleArtifact OLD = WheelBuilder.wheel("demo", "1.0").build();
  private static final SampleArtifact NEW = WheelBuilder.wheel("demo", "2.0").build();
  private static final SampleArtifact SOURCE = SdistBuilder.sdist("demo", "2.0").build();

  @TempDir private Path folder;
  private final FakeIndex upstream = FakeIndex.start();
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);
  private Outbound outbound;
  private SqliteDatabase database;
  private Vetting vetting;
  private Listings listings;
  private AheadOfDemand ahead;

  @BeforeEach
  void open() throws IOException {
    upstream
        .publish(OLD)
        .publish(NEW, offer -> offer.uploaded(NOW.minus(Duration.ofDays(1))))
        .publish(SOURCE, offer -> offer.uploaded(NOW.minus(Duration.ofDays(1))));
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    outbound = new Outbound(OutboundSettings.direct());
    database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
    UpstreamSettings settings =
        new UpstreamSettings("up", upstream.uri(), null, List.of(), List.of());
    Upstream opened = Upstreams.open(settings, outbound);
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Mirror mirror =
        Mirror.open(
            database,
            FileBlobStore.open(
                Files.createDirectories(folder.resolve("blobs")),
                Files.createDirectories(folder.resolve("staging"))),
            UpstreamRoutes.of(List.of(settings), List.of(opened), List.of()),
            clock,
            Duration.ofSeconds(30),
            waiting,
            metrics);
    vetting =
        Vetting.open(
            database,
            new VettingSettings(AdvisorySettings.BUILT_IN, VettingSettings.KEEP_DOWNLOADS, "test"),
            new Policy(Mode.VETTED, List.of(), List.of(), List.of()),
            outbound,
            folder.resolve("advisories"),
            clock,
            background);
    listings = new Listings(mirror, vetting, _ -> false, clock);
    ahead =
        new AheadOfDemand(
            listings,
            new Vetter(
                mirror.artifacts(),
                new Attestations(mirror.artifacts(), vetting, waiting),
                vetting,
                metrics),
            vetting);
  }

  @AfterEach
  void close() throws IOException {
    vetting.close();
    background.shutdownNow();
    waiting.shutdownNow();
    database.close();
    outbound.close();
    upstream.close();
  }

  private void received(SampleArtifact artifact) {
    vetting
        .downloads()
        .record(
            new Download(
                ArtifactName.parse(artifact.filename(), DEMO),
                Sha256.parse("a".repeat(64)),
                "ci",
                null,
                "127.0.0.1",
                "pip/26",
                Download.Outcome.RECEIVED,
                NOW));
  }

  private boolean isInspected(SampleArtifact artifact) {
    Listing listing = ((ListingLookup.Found) listings.find(DEMO)).listing();
    return vetting.isInspected(listing.find(artifact.filename()).orElseThrow().facts());
  }

  @Test
  void vetsTheNewestFileOfTheKindThatClientsTakeWhileItsAgeStillHoldsIt() {
    received(OLD);

    ahead.look();

    assertThat(isInspected(NEW)).isTrue();
    assertThat(isInspected(SOURCE)).isFalse();
    assertThat(isInspected(OLD)).isFalse();
  }

  @Test
  void fetchesNothingOfWhatNobodyUses() {
    ahead.look();

    assertThat(upstream.requests()).isEmpty();
    assertThat(isInspected(NEW)).isFalse();
  }

  @Test
  void fetchesNothingWhereNothingIsInspected() {
    received(OLD);
    vetting.apply(Policy.observing(), "test");

    ahead.look();

    assertThat(upstream.requests()).isEmpty();
  }
}
