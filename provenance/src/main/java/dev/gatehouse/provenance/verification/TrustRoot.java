package dev.gatehouse.provenance.verification;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.attestation.Octets;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.trustroot.CertificateAuthority;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom a Sigstore instance's signatures are believed by: its certificate authorities and logs
 * ({@code trusted_root.json}, media type {@code
 * application/vnd.dev.sigstore.trustedroot+json;version=0.1}), ready to verify. Making one takes up
 * to a second, each use of it milliseconds; many threads may use it.
 */
public final class TrustRoot {
  /** Those of the public instances have 7 to 10 KB. */
  public static final int LARGEST = 1024 * 1024;

  /** When the newest authority of the one that is built in began. */
  public static final Instant BUILT_IN_DATE = Instant.parse("2025-09-23T00:00:00Z");

  private static final String BUILT_IN = "trusted-root.json";

  private final String name;
  private final @Nullable String note;
  private final Sha256 fingerprint;
  private final SigstoreTrustedRoot root;
  private final KeylessVerifier verifier;

  private TrustRoot(
      String name,
      @Nullable String note,
      Sha256 fingerprint,
      SigstoreTrustedRoot root,
      KeylessVerifier verifier) {
    this.name = name;
    this.note = note;
    this.fingerprint = fingerprint;
    this.root = root;
    this.verifier = verifier;
  }

  /**
   * That of the public Sigstore instance, as it was when this program was made: {@link
   * #BUILT_IN_DATE}.
   */
  public static TrustRoot builtIn() {
    try {
      return read(builtInJson(), "built in");
    } catch (TrustRootException e) {
      throw new IllegalStateException("the trusted root that is built in is broken", e);
    }
  }

  static byte[] builtInJson() {
    try (InputStream in = TrustRoot.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException("the program was packed without its trusted root");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one.
   *
   * @param name what reports call it
   * @throws TrustRootException where it is none, or nothing could be verified by it
   */
  public static TrustRoot read(byte[] json, String name) throws TrustRootException {
    if (json.length > LARGEST) {
      throw new TrustRootException("it is larger than 1 MiB, which no trusted root is");
    }
    try {
      SigstoreTrustedRoot root = SigstoreTrustedRoot.from(new ByteArrayInputStream(json));
      if (root.getCAs().isEmpty() || root.getTLogs().isEmpty() || root.getCTLogs().isEmpty()) {
        throw new TrustRootException(
            "it lacks certificate authorities, transparency logs or certificate logs");
      }
      KeylessVerifier verifier = KeylessVerifier.builder().trustedRootProvider(() -> root).build();
      return new TrustRoot(name, null, Sha256.digest(json), root, verifier);
    } catch (SigstoreConfigurationException | GeneralSecurityException | RuntimeException e) {
      // The library throws whatever its parsers do on what is no trusted root.
      throw new TrustRootException(
          "it is no trusted root: " + MalformedException.printable(String.valueOf(e.getMessage())),
          e);
    }
  }

  /** What reports call it. */
  public String name() {
    return name;
  }

  /** What a reader of the report has to know of how it came here, a clause. */
  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  /** The same under another name, which needs no time. */
  public TrustRoot named(String other, @Nullable String otherNote) {
    return new TrustRoot(other, otherNote, fingerprint, root, verifier);
  }

  /** The hash of the file that it was read from. */
  public Sha256 fingerprint() {
    return fingerprint;
  }

  /** When the newest of its authorities and logs began: it is at least as new as that. */
  public Instant date() {
    return starts().max(Instant::compareTo).orElseThrow();
  }

  private Stream<Instant> starts() {
    return Stream.of(
            root.getCAs().stream().map(authority -> authority.getValidFor().getStart()),
            root.getTSAs().stream().map(authority -> authority.getValidFor().getStart()),
            logs().map(log -> log.getPublicKey().getValidFor().getStart()))
        .flatMap(each -> each);
  }

  private Stream<TransparencyLog> logs() {
    return Stream.concat(root.getTLogs().stream(), root.getCTLogs().stream());
  }

  /** How long ago that was. */
  public Duration age(Instant now) {
    return Duration.between(date(), now);
  }

  /** When the last of its certificate authorities ends. */
  public Instant end() {
    List<Instant> ends = new ArrayList<>();
    for (CertificateAuthority authority : root.getCAs()) {
      Instant end = authority.getValidFor().getEnd().orElse(Instant.MAX);
      for (var certificate : authority.getCertPath().getCertificates()) {
        Instant own = ((X509Certificate) certificate).getNotAfter().toInstant();
        end = own.isBefore(end) ? own : end;
      }
      ends.add(end);
    }
    return ends.stream().max(Instant::compareTo).orElseThrow();
  }

  /** Whether a log of this key was valid then. */
  boolean hadLog(Octets logId, Instant then) {
    return TransparencyLog.find(root.getTLogs(), logId.bytes(), then).isPresent();
  }

  /** Whether it has a log of this key at all. */
  boolean hasLog(Octets logId) {
    return TransparencyLog.find(root.getTLogs(), logId.bytes()).isPresent();
  }

  KeylessVerifier verifier() {
    return verifier;
  }
}
