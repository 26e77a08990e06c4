package dev.gatehouse.index.listing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.packaging.name.ProjectName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Warns, once, where a page passes over versions so that resolvers will take an older one that has
 * known vulnerabilities: it must not happen in silence.
 */
final class FallbackWarnings {
  private static final Logger LOG = System.getLogger(FallbackWarnings.class.getName());

  private final Cache<ProjectName, Fallback> warned =
      Caffeine.newBuilder().maximumSize(10_000).build();

  void look(Listing listing) {
    Optional<Fallback> found =
        listing.fallback().filter(fallback -> !fallback.vulnerabilities().isEmpty());
    if (found.isEmpty()) {
      warned.invalidate(listing.name());
      return;
    }
    Fallback fallback = found.get();
    if (!fallback.equals(warned.getIfPresent(listing.name()))) {
      warned.put(listing.name(), fallback);
      LOG.log(
          Level.WARNING,
          "{0} {1} is passed over: resolvers take {2}, which has known vulnerabilities ({3}). See: gatehouse why {0}=={1}",
          listing.name(),
          fallback.passedOver(),
          fallback.taken(),
          String.join(", ", fallback.vulnerabilities()));
    }
  }
}
