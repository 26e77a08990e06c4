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
    add(path, sha256().digest(content), content.length);
  }

  /** Lists a file by its SHA-256 and its size in bytes. */
  void add(String path, byte[] digest, long size) {
    String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    lines.put(path, "sha256=" + hash + "," + size);
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

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
