package dev.gatehouse.index.listing;

import dev.gatehouse.index.mirror.Gate;
import dev.gatehouse.index.mirror.Kind;
import dev.gatehouse.index.mirror.KnownProject;
import dev.gatehouse.index.mirror.Wanted;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.vetting.FileFacts;
import dev.gatehouse.vetting.Standing;
import dev.gatehouse.vetting.policy.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of a project with the verdict on it.
 *
 * @param project whose file it is
 * @param file its entry as the upstream gives it, with the upstream's addresses, and the hashes
 *     that its bytes must have
 * @param shown its entry as clients are shown it, with our addresses
 * @param verdict whether it is served, and why
 * @param facts what the verdict is about
 * @param standing what else the verdict depends on
 */
public record ListedFile(
    KnownProject project,
    PageFile file,
    PageFile shown,
    Verdict verdict,
    FileFacts facts,
    Standing standing) {
  /** Its name. */
  public ArtifactName name() {
    return file.name();
  }

  /**
   * Whether pages have it. What was recalled is not even named: a client that had it must not find
   * it again.
   */
  public boolean isShown() {
    return !(verdict instanceof Verdict.Refuse
        && verdict.reasons().stream().anyMatch(reason -> reason.code().equals("recalled")));
  }

  /** Whether clients are told to pass over it: yanked by its maintainers, or not served now. */
  public boolean isYanked() {
    return shown.yank() instanceof Yank.Yanked;
  }

  /** Whether its maintainers tell clients to pass over it. */
  public boolean isYankedUpstream() {
    return file.yank() instanceof Yank.Yanked;
  }

  /**
   * What to ask the mirror for; empty where nothing of that kind is offered.
   *
   * @param gate what has to let the artifact's bytes out; null: nothing has to
   */
  public Optional<Wanted> wanted(Kind kind, @Nullable Gate gate) {
    boolean offered =
        switch (kind) {
          case ARTIFACT -> true;
          case METADATA -> shown.metadata().isOffered();
          case PROVENANCE -> file.provenance() != null;
        };
    return offered
        ? Optional.of(new Wanted(project, file, kind, kind == Kind.ARTIFACT ? gate : null))
        : Optional.empty();
  }
}
