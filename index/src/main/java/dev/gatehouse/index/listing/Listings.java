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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is known of the projects, with the verdicts of the moment. Safe for use by many threads. */
public final class Listings {
  private final Mirror mirror;
  private final Cache<ProjectName, Listing> listings;
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
            .<ProjectName, Listing>weigher((_, listing) -> 1 + listing.page().files().size())
            .build();
  }

  /** Whether a file that was listed may still leave: verdicts change while it does. */
  public boolean isStillServed(ListedFile file) {
    if (vetting.standing(file.name().project()) == file.standing()) {
      return true;
    }
    return find(file.name().project()) instanceof ListingLookup.Found found
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
    return mirror.pages().known(name).map(this::listing);
  }

  /** A project's listing with the verdicts of the moment. May block for an upstream's answer. */
  public ListingLookup find(ProjectName name) {
    return switch (mirror.pages().lookup(name)) {
      case PageLookup.Found found ->
          new ListingLookup.Found(listing(found.project()), found.stale());
      case PageLookup.Absent _ -> new ListingLookup.Absent();
      case PageLookup.Unavailable unavailable ->
          new ListingLookup.Unavailable(unavailable.failure());
    };
  }

  private Listing listing(KnownProject project) {
    KeptFiles kept = mirror.artifacts().kept(project);
    Standing standing = vetting.standing(project.name());
    Instant now = clock.instant();
    Listing known = listings.getIfPresent(project.name());
    if (known != null && known.isOf(project, kept, standing, now)) {
      return known;
    }
    Listing made = new Listing(project, kept, standing, folders.test(project.upstream()), now);
    listings.put(project.name(), made);
    fallbacks.look(made);
    return made;
  }
}
