package dev.gatehouse.index.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.index.mirror.KeptFiles;
import dev.gatehouse.index.mirror.KnownProject;
import dev.gatehouse.index.mirror.Mirror;
import dev.gatehouse.index.mirror.PageLookup;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.vetting.Standing;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.record.Snapshot;
import dev.gatehouse.vetting.record.SnapshotName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of the projects, with the verdicts of the moment. Safe for use by many threads. */
public final class Listings {
  private final Mirror mirror;
  private final Cache<Key, Listing> listings;
  private final Vetting vetting;
  private final Predicate<String> folders;
  private final InstantSource clock;
  private final FallbackWarnings fallbacks = new FallbackWarnings();

  /**
   * @param folders whether the upstream of this name is a folder
   */
  public Listings(Mirror mirror, Vetting vetting, Predicate<String> folders, InstantSource clock) {
    this.mirror = mirror;
    this.vetting = vetting;
    this.folders = folders;
    this.clock = clock;
    // 40,000 files are about 100 MB with their renderings: 1 KB each in JSON, in HTML, and as
    // objects.
    this.listings =
        Caffeine.newBuilder()
            .maximumWeight(40_000)
            .<Key, Listing>weigher((_, listing) -> 1 + listing.page().files().size())
            .build();
  }

  /**
   * Whether a file that was listed may still leave: verdicts change while it does.
   *
   * @param view as of {@link #find(ProjectName, Snapshot)}
   */
  public boolean isStillServed(ListedFile file, @Nullable Snapshot view) {
    if (vetting.standingIn(file.name().project(), view) == file.standing()) {
      return true;
    }
    return find(file.name().project(), view) instanceof ListingLookup.Found found
        && found
            .listing()
            .find(file.name().filename())
            .filter(now -> now.verdict().offered())
            .isPresent();
  }

  /** The projects that are known, in order. */
  public List<ProjectName> projects() {
    return mirror.pages().projects();
  }

  /**
   * A project's listing from what is known of it already; empty where nothing is. Asks no upstream.
   */
  public Optional<Listing> known(ProjectName name) {
    return known(name, null);
  }

  /** A project's listing with the verdicts of the moment. May block for an upstream's answer. */
  public ListingLookup find(ProjectName name) {
    return find(name, null);
  }

  /**
   * A project's listing with the verdicts of the moment. May block for an upstream's answer.
   *
   * @param view the snapshot at whose own address somebody asks; null: at that of the index itself
   */
  public ListingLookup find(ProjectName name, @Nullable Snapshot view) {
    return switch (mirror.pages().lookup(name)) {
      case PageLookup.Found found ->
          new ListingLookup.Found(listing(found.project(), view), found.stale());
      case PageLookup.Absent _ -> new ListingLookup.Absent();
      case PageLookup.Unavailable unavailable ->
          new ListingLookup.Unavailable(unavailable.failure());
    };
  }

  /** As {@link #find(ProjectName, Snapshot)}, from what is known already. Asks no upstream. */
  public Optional<Listing> known(ProjectName name, @Nullable Snapshot view) {
    return mirror.pages().known(name).map(project -> listing(project, view));
  }

  /**
   * The files whose bytes are here, of every project, with the verdicts of the moment: what was
   * verified, whatever became of it. No upstream is asked.
   */
  public Stream<ListedFile> kept() {
    return mirror.artifacts().projects().stream()
        .flatMap(project -> known(project, null).stream())
        .flatMap(listing -> listing.kept().stream());
  }

  private record Key(ProjectName project, @Nullable SnapshotName snapshot) {}

  private Listing listing(KnownProject project, @Nullable Snapshot view) {
    KeptFiles kept = mirror.artifacts().kept(project);
    Standing standing = vetting.standingIn(project.name(), view);
    Snapshot snapshot = standing.snapshot();
    Key key = new Key(project.name(), snapshot == null ? null : snapshot.about().name());
    Instant now = clock.instant();
    Listing known = listings.getIfPresent(key);
    if (known != null && known.isOf(project, kept, standing, now)) {
      return known;
    }
    Listing made = new Listing(project, kept, standing, folders.test(project.upstream()), now);
    listings.put(key, made);
    if (view == null) {
      fallbacks.look(made);
    }
    return made;
  }
}
