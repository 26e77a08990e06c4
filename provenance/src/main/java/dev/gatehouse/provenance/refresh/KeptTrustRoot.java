package dev.gatehouse.provenance.refresh;

import dev.gatehouse.provenance.attestation.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the last refresh that held left: one file, so that it is there as a whole or not at all.
 *
 * @param confirmed when the mirror's metadata held
 * @param root the newest TUF root, JSON in one line
 * @param timestamp what nothing older is taken than, JSON in one line
 * @param snapshot likewise
 * @param json the {@code trusted_root.json}
 */
record KeptTrustRoot(
    Instant confirmed, String root, String timestamp, String snapshot, Octets json) {
  private static final String FORMAT = "gatehouse-trusted-root/1";

  /** Five parts of at most 1 MiB. */
  private static final int LARGEST = 6 * 1024 * 1024;

  /**
   * Reads the file.
   *
   * @return empty where there is none, or nothing that this program wrote
   */
  static Optional<KeptTrustRoot> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      List<String> lines =
          new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8).lines().toList();
      if (lines.size() != 6 || !lines.getFirst().equals(FORMAT)) {
        return Optional.empty();
      }
      return Optional.of(
          new KeptTrustRoot(
              Instant.parse(lines.get(1)),
              lines.get(2),
              lines.get(3),
              lines.get(4),
              Octets.of(Base64.getDecoder().decode(lines.get(5)))));
    } catch (IOException | DateTimeException | IllegalArgumentException _) {
      // As good as none: the one that is built in is there, and the next refresh writes it anew.
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    String text =
        String.join(
            "\n",
            FORMAT,
            confirmed.toString(),
            root,
            timestamp,
            snapshot,
            Base64.getEncoder().encodeToString(json.bytes()),
            "");
    OwnFiles.write(file, text);
  }
}
