package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of a sample, or one that lies in a layer of encoding within it. */
record Unwrapped(String path, int depth, String text) {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{40,}+={0,2}");

  /** A file and all the layers in it, the outermost first. Binary files count as Latin-1. */
  static List<Unwrapped> of(String path, byte[] content) {
    List<Unwrapped> all = new ArrayList<>();
    String text = isText(content) ? new String(content, UTF_8) : new String(content, ISO_8859_1);
    unwrap(new Unwrapped(path, 0, text), all);
    return all;
  }

  private static void unwrap(Unwrapped outer, List<Unwrapped> all) {
    all.add(outer);
    Matcher matcher = BASE64.matcher(outer.text);
    while (matcher.find()) {
      decode(matcher.group())
          .forEach(text -> unwrap(new Unwrapped(outer.path, outer.depth + 1, text), all));
    }
  }

  private static List<String> decode(String encoded) {
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      byte[] inner = isText(decoded) ? decoded : withoutKey(decoded);
      return isText(inner) ? List.of(new String(inner, UTF_8)) : List.of();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  /** The first eight bytes are the key that lies over the rest; what they are not is no text. */
  private static byte[] withoutKey(byte[] decoded) {
    byte[] rest = Arrays.copyOfRange(decoded, Math.min(8, decoded.length), decoded.length);
    for (int i = 0; i < rest.length; i++) {
      rest[i] ^= decoded[i % 8];
    }
    return rest;
  }

  private static boolean isText(byte[] content) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).chars().noneMatch(c -> c == 0);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether Python compiles it: a module, the one line of a .pth, or any layer within a file. */
  boolean isPython() {
    return depth > 0 || path.endsWith(".py") || path.endsWith(".pth");
  }

  /** Not the text, which may be megabytes. */
  @Override
  public String toString() {
    return path + " (layer " + depth + ")";
  }
}
