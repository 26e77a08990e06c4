package dev.gatehouse.vetting.evidence;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.comparison.SourceComparison;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.verification.ProvenanceVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which inspection it is: a hash of the very code that inspects. A number that somebody must
 * remember to raise would one day be forgotten, and old verdicts would outlive the rules that made
 * them.
 */
final class RuleSet {
  private RuleSet() {}

  /** Of the classes that this process runs. */
  static Sha256 id() {
    StringBuilder all = new StringBuilder();
    for (Class<?> part :
        List.of(
            Inspector.class,
            SourceComparison.class,
            ProvenanceVerifier.class,
            KnownBad.class,
            ArtifactName.class)) {
      all.append(hash(location(part)).hex()).append('\n');
    }
    return Sha256.digest(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Path location(Class<?> part) {
    try {
      return Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path holds no address that can be read", e);
    }
  }

  /** A jar, or in a build a folder of classes. */
  private static Sha256 hash(Path location) {
    try {
      if (Files.isRegularFile(location)) {
        return Sha256.digest(Files.readAllBytes(location));
      }
      StringBuilder all = new StringBuilder();
      try (Stream<Path> files = Files.walk(location)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          all.append(location.relativize(file)).append(' ');
          all.append(Sha256.digest(Files.readAllBytes(file)).hex()).append('\n');
        }
      }
      return Sha256.digest(all.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own classes cannot be read", e);
    }
  }
}
