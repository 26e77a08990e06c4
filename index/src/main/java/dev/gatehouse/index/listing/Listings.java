package dev.gatehouse.index.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.index.mirror.KeptFiles;
import dev.gatehouse.index.mirror.KnownProject;
import dev.gatehouse.index.mirror.Mirror;
import dev.gatehouse.index.mirror.PageLookup;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.vetting.policy.Policy;
import java.util.List;

/** What is known of the projects, under the policy in force. Safe for use by many threads. */
public final class Listings {
  private final Mirror mirror;
  private final Cache<ProjectName, Listing> listings;
  private volatile Policy policy;

  public Listings(Mirror mirror, Policy policy) {
    this.mirror = mirror;
    this.policy = policy;
    // 40,000 files are about 100 MB with their renderings: 1 KB each in JSON, in HTML, and as
    // objects.
    this.listings =
        Caffeine.newBuilder()
            .maximumWeight(40_000)
            .<ProjectName, Listing>weigher((_, listing) -> 1 + listing.page().files().size())
            .build();
  }

  /** Puts another policy in force, at once and for every surface. */
  public void apply(Policy next) {
    policy = next;
  }

  /** The policy in force. */
  public Policy policy() {
    return policy;
  }

  /** The projects that are known, in order. */
  public List<ProjectName> projects() {
    return mirror.pages().projects();
  }

  /** A project's listing under the policy in force. May block for an upstream's answer. */
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
    Policy now = policy;
    Listing known = listings.getIfPresent(project.name());
    if (known != null && known.isOf(project, kept, now)) {
      return known;
    }
    Listing made = new Listing(project, kept, now);
    listings.put(project.name(), made);
    return made;
  }
}
