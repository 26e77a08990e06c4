package dev.gatehouse.findings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes a finding the same one in the next run: its rule, its target, its file, and what shows
 * it, but not its line, which moves with every edit above it. An artifact counts by its file name,
 * so that another folder makes no other finding.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String facts(TargetReport target, Finding finding) {
    return String.join(
        "\0",
        finding.rule().name(),
        name(target),
        finding.path() == null ? "" : finding.path(),
        finding.evidence().isEmpty() ? finding.message() : finding.evidence());
  }

  /**
   * 32 hex digits.
   *
   * @param nth from 1: which one of those with the same facts
   */
  static String of(String facts, int nth) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((facts + "\0" + nth).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String name(TargetReport target) {
    String path = target.target().replace('\\', '/');
    return switch (target.kind()) {
      case WHEEL, SDIST, IMAGE -> path.substring(path.lastIndexOf('/') + 1);
      case ENVIRONMENT, DIRECTORY, REQUIREMENTS, COMPARISON, PROVENANCE, PUBLISHER ->
          path.startsWith("./") ? path.substring(2) : path;
    };
  }
}
