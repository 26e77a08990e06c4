package dev.gatehouse.index.gate;

import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.index.listing.ListingLookup;
import dev.gatehouse.index.listing.Listings;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.vetting.Vetting;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Verdict;
import dev.gatehouse.vetting.policy.VettingRules;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Vets the newest version of each project that clients use, or that the policy names as to be
 * compared with its source, before anyone asks for it: whoever asks then need not wait, and what is
 * bad is known while the age rule still holds it.
 */
public final class AheadOfDemand {
  private static final Logger LOG = System.getLogger(AheadOfDemand.class.getName());

  /** Of the kinds that clients took before there are rarely more. */
  private static final int MOST_FILES = 6;

  /** What is larger is left to whoever asks for it. In bytes. */
  private static final long LARGEST = 500L * 1024 * 1024;

  private final Listings listings;
  private final Vetter vetter;
  private final Vetting vetting;

  public AheadOfDemand(Listings listings, Vetter vetter, Vetting vetting) {
    this.listings = listings;
    this.vetter = vetter;
    this.vetting = vetting;
  }

  /** Goes through the projects once. Never throws: a try that failed must not be the last. */
  public void look() {
    try {
      VettingRules rules = vetting.policy().vetting();
      boolean looks = rules.inspect() || !rules.compare().projects().isEmpty();
      if (vetting.policy().mode() != Mode.VETTED || !looks) {
        return;
      }
      for (ProjectName project : projects()) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        if (listings.find(project) instanceof ListingLookup.Found found) {
          look(found.listing());
        }
      }
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        // The server stops.
        return;
      }
      LOG.log(Level.ERROR, "Could not vet ahead of demand; the next try comes by itself", e);
    }
  }

  /** Those that clients use, and those that the policy names as to be compared. */
  private Set<ProjectName> projects() {
    Set<ProjectName> projects = new LinkedHashSet<>(vetting.downloads().askedProjects());
    vetting.policy().vetting().compare().projects().stream()
        .flatMap(pattern -> pattern.project().stream())
        .forEach(projects::add);
    return projects;
  }

  private void look(Listing listing) {
    Set<String> taken =
        vetting.downloads().receivedFiles(listing.name()).stream()
            .map(fileName -> form(ArtifactName.parse(fileName, listing.name())))
            .collect(Collectors.toSet());
    newest(listing).stream()
        .filter(file -> taken.isEmpty() || taken.contains(form(file.name())))
        .limit(MOST_FILES)
        .forEach(this::vet);
  }

  /** The files of the newest version that resolvers would take, now or once it is old enough. */
  private static List<ListedFile> newest(Listing listing) {
    List<ListedFile> able =
        listing.files().stream()
            .filter(file -> file.facts().removed() == null && !file.isYankedUpstream())
            .filter(file -> !file.name().version().isPrerelease())
            .filter(file -> !(file.verdict() instanceof Verdict.Refuse))
            .toList();
    return able.stream()
        .map(file -> file.name().version())
        .max(Comparator.naturalOrder())
        .map(newest -> of(able, newest))
        .orElse(List.of());
  }

  private static List<ListedFile> of(List<ListedFile> files, Version version) {
    return files.stream().filter(file -> file.name().version().equals(version)).toList();
  }

  /** What makes a file one for the same machines as another: a wheel's tags, or being an sdist. */
  private static String form(ArtifactName name) {
    return switch (name) {
      case WheelName wheel ->
          wheel.pythonTags() + "-" + wheel.abiTags() + "-" + wheel.platformTags();
      case SdistName _ -> "sdist";
    };
  }

  private void vet(ListedFile file) {
    Long size = file.file().size();
    if (size != null && size > LARGEST) {
      return;
    }
    try {
      vetter
          .vet(file)
          .ifPresent(
              failure ->
                  LOG.log(
                      Level.INFO,
                      "Could not vet {0} ahead of demand: {1}",
                      file.name().filename(),
                      failure.problem()));
    } catch (IOException e) {
      LOG.log(
          Level.INFO,
          "Could not vet {0} ahead of demand: {1}",
          file.name().filename(),
          e.getMessage());
    }
  }
}
