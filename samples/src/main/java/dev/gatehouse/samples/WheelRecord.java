package dev.gatehouse.samples;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The RECORD of a wheel: a line of CSV for each file, with its hash and size (PEP 376, 427). */
final class WheelRecord {
  private final Map<String, String> lines = new LinkedHashMap<>();

  void add(String path, byte[] content) {
    lines.put(path, "sha256=" + hash(content) + "," + content.length);
  }

  /** The record cannot hold its own hash, so it is listed without. */
  void addItself(String path) {
    lines.put(path, ",");
  }

  void remove(String path) {
    lines.remove(path);
  }

  void replace(String path, String hashAndSize) {
    lines.put(path, hashAndSize);
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    lines.forEach((path, rest) -> text.append(cell(path)).append(',').append(rest).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String cell(String path) {
    return path.contains(",") || path.contains("\"")
        ? '"' + path.replace("\"", "\"\"") + '"'
        : path;
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
