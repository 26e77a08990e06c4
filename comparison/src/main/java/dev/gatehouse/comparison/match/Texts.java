package dev.gatehouse.comparison.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Bytes as text. */
final class Texts {
  private Texts() {}

  /** Its lines, without what ends them; empty for no bytes. */
  static List<String> lines(byte[] content) {
    return content.length == 0 ? List.of() : List.of(new String(content, UTF_8).split("\r?\n", -1));
  }

  /** Whether it has no NUL, which no text has. */
  static boolean isText(byte[] content) {
    for (byte b : content) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  /** With each CR LF as LF; the array itself where there is none. */
  static byte[] withoutCarriageReturns(byte[] content) {
    byte[] plain = new byte[content.length];
    int length = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] != '\r' || i + 1 == content.length || content[i + 1] != '\n') {
        plain[length++] = content[i];
      }
    }
    return length == content.length ? content : Arrays.copyOf(plain, length);
  }
}
