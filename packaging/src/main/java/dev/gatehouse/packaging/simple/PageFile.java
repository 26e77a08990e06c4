package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file of a project's page.
 *
 * @param name the file name
 * @param url where the file is; absolute when an upstream's page was read, often relative when ours
 *     is written; without a fragment
 * @param hashes by lower-case algorithm, in lower-case digits, in the page's order
 * @param size in bytes
 * @param uploadTime what the upstream says, to the microsecond (PEP 700)
 * @param firstSeen when this server first saw the file, to the microsecond; the page's own key
 *     {@code _first-seen}
 * @param requiresPython a specifier set as it was written; not checked, because clients judge it
 * @param metadata whether its metadata can be had beside it
 * @param yank whether it was yanked
 * @param provenance where its attestations are (PEP 740)
 */
public record PageFile(
    ArtifactName name,
    URI url,
    Map<String, String> hashes,
    @Nullable Long size,
    @Nullable Instant uploadTime,
    @Nullable Instant firstSeen,
    @Nullable String requiresPython,
    MetadataOffer metadata,
    Yank yank,
    @Nullable URI provenance) {
  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  /**
   * Checks what it takes, copies the hashes and cuts times to microseconds, the finest that pages
   * hold.
   *
   * @throws MalformedException when a hash is not well-formed, the size is negative, the address
   *     has a fragment, a time is not within the years 0 to 9999, or a text is longer than 4,096
   *     characters
   */
  public PageFile {
    hashes = Hashes.checked(hashes);
    uploadTime = writable(uploadTime);
    firstSeen = writable(firstSeen);
    requiresPython = requiresPython == null ? null : PageText.writable(requiresPython);
    if (size != null && size < 0) {
      throw new MalformedException("a size is not negative, as " + size + " is");
    }
    if (url.getRawFragment() != null) {
      throw new MalformedException(
          "a file's address has no fragment, unlike " + quoted(url.toString()));
    }
  }

  private static @Nullable Instant writable(@Nullable Instant time) {
    if (time == null) {
      return null;
    }
    if (time.isBefore(YEAR_0) || !time.isBefore(YEAR_10000)) {
      throw new MalformedException("a page's time is within the years 0 to 9999, unlike " + time);
    }
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /** Begins a file of which only the name and the address are known. */
  public static Builder builder(ArtifactName name, URI url) {
    return new Builder(name, url);
  }

  /** Begins a copy of this file. */
  public Builder toBuilder() {
    Builder copy = new Builder(name, url);
    copy.hashes.putAll(hashes);
    return copy.size(size)
        .uploadTime(uploadTime)
        .firstSeen(firstSeen)
        .requiresPython(requiresPython)
        .metadata(metadata)
        .yank(yank)
        .provenance(provenance);
  }

  /** The SHA-256 of the file, where the page states one. */
  public Optional<Sha256> sha256() {
    return Optional.ofNullable(hashes.get(Hashes.SHA256)).map(Sha256::new);
  }

  /** Gathers what is known of a file; what is left out is unknown, and the file is not yanked. */
  public static final class Builder {
    private final ArtifactName name;
    private final Map<String, String> hashes = new LinkedHashMap<>();
    private URI url;
    private @Nullable Long size;
    private @Nullable Instant uploadTime;
    private @Nullable Instant firstSeen;
    private @Nullable String requiresPython;
    private MetadataOffer metadata = MetadataOffer.none();
    private Yank yank = Yank.notYanked();
    private @Nullable URI provenance;

    private Builder(ArtifactName name, URI url) {
      this.name = name;
      this.url = url;
    }

    /** Moves the file. */
    public Builder url(URI value) {
      this.url = value;
      return this;
    }

    /** Adds or replaces one hash. */
    public Builder hash(String algorithm, String hex) {
      hashes.put(algorithm, hex);
      return this;
    }

    /** Adds or replaces the SHA-256. */
    public Builder sha256(Sha256 value) {
      return hash(Hashes.SHA256, value.hex());
    }

    public Builder size(@Nullable Long value) {
      this.size = value;
      return this;
    }

    public Builder uploadTime(@Nullable Instant value) {
      this.uploadTime = value;
      return this;
    }

    public Builder firstSeen(@Nullable Instant value) {
      this.firstSeen = value;
      return this;
    }

    public Builder requiresPython(@Nullable String value) {
      this.requiresPython = value;
      return this;
    }

    public Builder metadata(MetadataOffer value) {
      this.metadata = value;
      return this;
    }

    public Builder yank(Yank value) {
      this.yank = value;
      return this;
    }

    public Builder provenance(@Nullable URI value) {
      this.provenance = value;
      return this;
    }

    /** The file; fails as its constructor does. */
    public PageFile build() {
      return new PageFile(
          name,
          url,
          hashes,
          size,
          uploadTime,
          firstSeen,
          requiresPython,
          metadata,
          yank,
          provenance);
    }
  }
}
