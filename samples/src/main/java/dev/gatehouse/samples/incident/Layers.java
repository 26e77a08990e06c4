package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The encodings that attackers put round a text. */
final class Layers {
  private Layers() {}

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
