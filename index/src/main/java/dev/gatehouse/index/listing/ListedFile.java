package dev.gatehouse.index.listing;

import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.KnownProject;
import dev.gatehouse.index.mirror.Wanted;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.vetting.policy.Verdict;
import java.util.Optional;

/**
 * A file of a project with the verdict on it.
 *
 * @param project whose file it is
 * @param file its entry as the upstream gives it, with the upstream's addresses, and the hashes
 *     that its bytes must have
 * @param shown its entry as clients are shown it, with our addresses
 * @param verdict whether it is served, and why
 */
public record ListedFile(KnownProject project, PageFile file, PageFile shown, Verdict verdict) {
  /** Its name. */
  public ArtifactName name() {
    return file.name();
  }

  /** Whether clients are told to pass over it: yanked by its maintainers, or not served now. */
  public boolean isYanked() {
    return shown.yank() instanceof Yank.Yanked;
  }

  /** What to ask the mirror for; empty where nothing of that kind is offered. */
  public Optional<Wanted> wanted(Kind kind) {
    boolean offered =
        switch (kind) {
          case ARTIFACT -> true;
          case METADATA -> !(shown.metadata() instanceof MetadataOffer.None);
          case PROVENANCE -> file.provenance() != null;
        };
    return offered ? Optional.of(new Wanted(project, file, kind)) : Optional.empty();
  }
}
