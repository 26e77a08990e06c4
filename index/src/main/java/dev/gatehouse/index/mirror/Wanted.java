package dev.gatehouse.index.mirror;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file that is wanted of a project's upstream.
 *
 * @param project whose file it is, as it is known now
 * @param file its entry on the page; its hashes are those that the bytes must have
 * @param kind the artifact, or what is published beside it
 * @param gate what has to let it out, also where it is kept; null: it may leave
 */
public record Wanted(KnownProject project, PageFile file, Kind kind, @Nullable Gate gate) {
  /**
   * 8 GiB. The largest wheels on PyPI have 1 to 3 GB; an upstream that gives no size could
   * otherwise fill the disk with one answer.
   */
  private static final long MOST_ARTIFACT_BYTES = 8L << 30;

  /** 16 MiB. Real metadata stays below 1 MB, attestations below 100 KB. */
  private static final long MOST_DOCUMENT_BYTES = 16L << 20;

  /**
   * Two wants with the same key are satisfied by the same bytes. One that has a gate never follows
   * what was begun without, as before a change of the policy.
   */
  record Key(
      ProjectName project,
      String upstream,
      String fileName,
      Kind kind,
      Map<String, String> hashes,
      boolean gated) {}

  Key key() {
    return new Key(project.name(), project.upstream(), fileName(), kind, hashes(), gate != null);
  }

  String fileName() {
    return file.name().filename();
  }

  ExpectedBytes expected() {
    return new ExpectedBytes(promisedSize().orElse(null), hashes());
  }

  /**
   * How many bytes the page says that it has; empty where it does not, or the file is no artifact.
   */
  public Optional<Long> promisedSize() {
    return kind == Kind.ARTIFACT ? Optional.ofNullable(file.size()) : Optional.empty();
  }

  long mostBytes() {
    return kind == Kind.ARTIFACT ? MOST_ARTIFACT_BYTES : MOST_DOCUMENT_BYTES;
  }

  private Map<String, String> hashes() {
    return switch (kind) {
      case ARTIFACT -> file.hashes();
      case METADATA ->
          file.metadata() instanceof MetadataOffer.Hashed hashed ? hashed.hashes() : Map.of();
      case PROVENANCE -> Map.of();
    };
  }

  /** For messages: {@code six-1.17.0-py2.py3-none-any.whl}, or that it is its metadata. */
  @Override
  public String toString() {
    return kind == Kind.ARTIFACT ? fileName() : "the " + kind.text() + " of " + fileName();
  }

  @Nullable String promisedSha256() {
    return hashes().get("sha256");
  }
}
