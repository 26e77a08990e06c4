package dev.gatehouse.provenance.verification;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Real artifacts with their attestations, beside the checkout ({@code ../shared/corpus}), or where
 * the system property {@code gatehouse.corpus} says. Tests that need them are skipped without.
 */
final class RealPairs {
  static final List<String> PRODUCTION =
      List.of(
          "gitlab_oidc_project-0.0.3.tar.gz.publish.attestation",
          "pypi_attestation_models-0.0.4a2.tar.gz.attestation",
          "pypi_attestations-0.0.19.tar.gz.publish.attestation",
          "pypi_attestations-0.0.19.tar.gz.slsa.attestation");

  static final String OBJECT = "pypi_attestations-0.0.19.tar.gz.provenance";
  static final String STAGING = "rfc8785-0.1.2-py3-none-any.whl.publish.attestation";

  private RealPairs() {}

  record Pair(ArtifactName artifact, Sha256 sha256, String document) {
    Verification verifiedBy(TrustRoot root) {
      return verifiedAs(document, root);
    }

    Verification verifiedAs(String other, TrustRoot root) {
      return ProvenanceVerifier.verify(
          artifact, sha256, other.getBytes(StandardCharsets.UTF_8), root, Samples.NOW);
    }
  }

  static Pair read(String document) {
    Path folder = corpus().resolve("attestations");
    String file = document.replaceFirst("(\\.(publish|slsa))?\\.(attestation|provenance)$", "");
    ProjectName project = ProjectName.parse(file.substring(0, file.indexOf('-')));
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      return new Pair(
          ArtifactName.parse(file, project),
          Sha256.of(in),
          Files.readString(folder.resolve(document)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TrustRoot stagingRoot() throws Exception {
    return TrustRoot.read(
        Files.readAllBytes(corpus().resolve("sigstore").resolve("staging_trusted_root.json")),
        "staging");
  }

  private static Path corpus() {
    Optional<Path> found = find();
    assumeTrue(
        found.isPresent(),
        "no corpus: neither gatehouse.corpus nor ../shared/corpus beside the checkout");
    return found.orElseThrow();
  }

  private static Optional<Path> find() {
    String property = System.getProperty("gatehouse.corpus");
    if (property != null) {
      return Optional.of(Path.of(property)).filter(Files::isDirectory);
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolveSibling("shared").resolve("corpus"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
