package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
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
      return isText(decoded) ? List.of(new String(decoded, UTF_8)) : List.of();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static boolean isText(byte[] content) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether Python compiles it: a module, or any layer within a file. */
  boolean isPython() {
    return depth > 0 || path.endsWith(".py");
  }
}
