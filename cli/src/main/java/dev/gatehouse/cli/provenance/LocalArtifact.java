package dev.gatehouse.cli.provenance;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.provenance.attestation.AttestationLimits;
import dev.gatehouse.provenance.verification.Verification;
import dev.gatehouse.provenance.verification.VerifiedAttestation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An artifact on disk with the documents about it.
 *
 * @param documents none: it has no attestation
 */
public record LocalArtifact(Path path, ArtifactName name, List<Path> documents) {
  /** As twine and pypi-attestations call what they write. */
  private static final List<String> SUFFIXES =
      List.of(".publish.attestation", ".slsa.attestation", ".attestation");

  private static final List<String> SDISTS =
      List.of(".tar.gz", ".zip", ".tar.bz2", ".tar.xz", ".tgz");

  /**
   * The artifact at a path.
   *
   * @param document that the user named; null: what lies beside the artifact
   * @throws MalformedException where its name is none of an artifact
   */
  public static LocalArtifact of(Path path, @Nullable Path document) {
    ArtifactName name = name(path.getFileName().toString());
    return new LocalArtifact(path, name, document == null ? beside(path) : List.of(document));
  }

  /** The index's object holds what the others say, and its own word beside it. */
  private static List<Path> beside(Path path) {
    Path object = path.resolveSibling(path.getFileName() + ".provenance");
    if (Files.isRegularFile(object)) {
      return List.of(object);
    }
    return SUFFIXES.stream()
        .map(suffix -> path.resolveSibling(path.getFileName() + suffix))
        .filter(Files::isRegularFile)
        .toList();
  }

  /** Nobody tells the project of an sdist: it ends where the first version begins. */
  private static ArtifactName name(String file) {
    if (file.endsWith(".whl")) {
      return WheelName.parse(file);
    }
    Optional<String> suffix = SDISTS.stream().filter(file::endsWith).findFirst();
    String stem = file.substring(0, file.length() - suffix.orElse("").length());
    for (int dash = stem.indexOf('-');
        suffix.isPresent() && dash >= 0;
        dash = stem.indexOf('-', dash + 1)) {
      Optional<ProjectName> project = ProjectName.parseIfValid(stem.substring(0, dash));
      if (project.isPresent() && Version.parseIfValid(stem.substring(dash + 1)).isPresent()) {
        return ArtifactName.parse(file, project.get());
      }
    }
    throw new MalformedException(
        "%s is the file name of neither a wheel nor an sdist"
            .formatted(MalformedException.quoted(file)));
  }

  /** Of its bytes. */
  public Sha256 sha256() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Sha256.of(in);
    }
  }

  /** Verifies one document. */
  @FunctionalInterface
  public interface Verifier {
    /** What the document proves of an artifact with this name and these bytes. */
    Verification verify(ArtifactName name, Sha256 sha256, byte[] document)
        throws InterruptedException;
  }

  /** What all of its documents together prove; null: there is none. */
  public @Nullable Verification verify(Sha256 sha256, Verifier verifier)
      throws IOException, InterruptedException {
    List<VerifiedAttestation> all = new ArrayList<>();
    for (Path document : documents) {
      byte[] bytes;
      try (InputStream in = Files.newInputStream(document)) {
        bytes = in.readNBytes(AttestationLimits.DOCUMENT + 1);
      }
      switch (verifier.verify(name, sha256, bytes)) {
        case Verification.Refused refused -> {
          return refused;
        }
        case Verification.Verified verified -> all.addAll(verified.attestations());
      }
    }
    return all.isEmpty() ? null : new Verification.Verified(all);
  }
}
