package dev.gatehouse.samples;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a repository offers an artifact: what its page says of it, true or not. At first all is true:
 * one SHA-256, the size, an upload time at the start of 2026, and for a wheel its metadata with its
 * own hash.
 */
public final class Offer {
  /** When everything was uploaded that says nothing else. */
  public static final Instant UPLOADED = Instant.parse("2026-01-01T00:00:00Z");

  private final SampleArtifact artifact;
  private List<String> algorithms = List.of("sha256");
  private boolean hashesAreWrong;
  private @Nullable Long size;
  private @Nullable Instant uploadTime = UPLOADED;
  private @Nullable String requiresPython;
  private @Nullable String yankedBecause;
  private MetadataHash metadataHash;
  private byte[] metadata;
  private @Nullable String provenance;
  private @Nullable URI url;

  Offer(SampleArtifact artifact) {
    this.artifact = artifact;
    this.size = artifact.size();
    this.requiresPython = artifact.requiresPython().orElse(null);
    this.metadata = artifact.metadata();
    this.metadataHash = artifact.isWheel() ? MetadataHash.TRUE : MetadataHash.NOT_OFFERED;
  }

  enum MetadataHash {
    NOT_OFFERED,
    UNSTATED,
    TRUE,
    WRONG
  }

  /** Dates it. */
  public Offer uploaded(Instant time) {
    uploadTime = time;
    return this;
  }

  /** Leaves the upload time out, as many private indexes do. */
  public Offer withoutUploadTime() {
    uploadTime = null;
    return this;
  }

  /** Yanks it; the reason may be empty. */
  public Offer yanked(String reason) {
    yankedBecause = reason;
    return this;
  }

  /** States other Pythons than its metadata does. */
  public Offer requiresPython(String specifiers) {
    requiresPython = specifiers;
    return this;
  }

  /** States no hash. */
  public Offer withoutHashes() {
    return hashedBy();
  }

  /** States the hashes of these algorithms, by the names that pages use, as {@code md5}. */
  public Offer hashedBy(String... names) {
    algorithms = List.of(names);
    return this;
  }

  /** States hashes of other bytes. */
  public Offer withWrongHashes() {
    hashesAreWrong = true;
    return this;
  }

  /** Leaves the size out, as pages before PEP 700 did. */
  public Offer withoutSize() {
    size = null;
    return this;
  }

  /** States another size. */
  public Offer size(long bytes) {
    size = bytes;
    return this;
  }

  /** Neither offers nor serves its metadata. */
  public Offer withoutMetadata() {
    metadataHash = MetadataHash.NOT_OFFERED;
    return this;
  }

  /** Offers its metadata without stating a hash. */
  public Offer withUnhashedMetadata() {
    metadataHash = MetadataHash.UNSTATED;
    return this;
  }

  /** Offers its metadata with the hash of other bytes. */
  public Offer withWrongMetadataHash() {
    metadataHash = MetadataHash.WRONG;
    return this;
  }

  /** Serves other metadata, truly hashed, than the artifact holds. */
  public Offer withOtherMetadata(byte[] other) {
    metadata = other;
    return this;
  }

  /** Offers this JSON as its provenance (PEP 740). */
  public Offer provenance(String json) {
    provenance = json;
    return this;
  }

  /** Names another address for the file. */
  public Offer at(URI address) {
    url = address;
    return this;
  }

  SampleArtifact artifact() {
    return artifact;
  }

  Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String algorithm : algorithms) {
      hashes.put(algorithm, hash(algorithm, hashesAreWrong, artifact.bytes()));
    }
    return hashes;
  }

  private static String hash(String algorithm, boolean wrong, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance(javaName(algorithm));
      digest.update(bytes);
      return HexFormat.of().formatHex(wrong ? digest.digest(new byte[1]) : digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("Java knows no algorithm " + algorithm, e);
    }
  }

  private static String javaName(String algorithm) {
    return algorithm.replaceFirst("^sha([0-9])", "SHA-$1");
  }

  @Nullable Long size() {
    return size;
  }

  @Nullable Instant uploadTime() {
    return uploadTime;
  }

  @Nullable String requiresPython() {
    return requiresPython;
  }

  @Nullable String yankedBecause() {
    return yankedBecause;
  }

  MetadataHash metadataHash() {
    return metadataHash;
  }

  String metadataSha256() {
    return hash("sha256", metadataHash == MetadataHash.WRONG, metadata);
  }

  byte[] metadata() {
    return metadata;
  }

  @Nullable String provenance() {
    return provenance;
  }

  @Nullable URI url() {
    return url;
  }
}
