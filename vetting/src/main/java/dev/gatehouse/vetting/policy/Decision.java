package dev.gatehouse.vetting.policy;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person, or an advisory in their stead, decided about a version. It stands until its end or
 * until it is withdrawn.
 *
 * @param id its number in the order of decisions
 * @param kind what was decided
 * @param sha256 the only bytes that it speaks of; null: every file of the version, those too that
 *     come later. An approval always names bytes: nobody can have looked at those that come later
 * @param by who decided
 * @param reason in their words; one line
 * @param at when
 * @param until when it ends by itself; null: it does not
 */
public record Decision(
    long id,
    Kind kind,
    ProjectName project,
    Version version,
    @Nullable Sha256 sha256,
    String by,
    String reason,
    Instant at,
    @Nullable Instant until) {
  /** The kinds of decisions. */
  public enum Kind {
    /** Releases what is held. */
    APPROVE("approve"),
    /** Keeps it out. */
    REFUSE("refuse"),
    /** Takes back what was served, in every mode. */
    RECALL("recall");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The word of the commands and of the database. */
    public String text() {
      return text;
    }
  }

  public Decision {
    if (kind == Kind.APPROVE && sha256 == null) {
      throw new IllegalArgumentException("an approval names the bytes that it approves");
    }
  }

  /** Whether it speaks of this artifact and has not ended. */
  boolean covers(ArtifactName artifact, @Nullable Sha256 bytes, Instant now) {
    return project.equals(artifact.project())
        && version.equals(artifact.version())
        && (sha256 == null || sha256.equals(bytes))
        && (until == null || until.isAfter(now));
  }
}
