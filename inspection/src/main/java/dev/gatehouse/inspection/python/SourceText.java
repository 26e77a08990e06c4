package dev.gatehouse.inspection.python;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;

/**
 * The text of a source file, in the encoding that it declares (PEP 263).
 *
 * @param text without a byte order mark
 * @param encoding as declared, lower case; "utf-8" where nothing is
 * @param isDisguise whether that encoding turns harmless-looking text into other code
 */
public record SourceText(String text, String encoding, boolean isDisguise) {
  private static final int MOST_COOKIE = 200;
  private static final Set<String> UTF_7 = Set.of("utf-7", "utf7", "u7", "unicode-1-1-utf-7");
  private static final Set<String> DISGUISES =
      Set.of(
          "unicode-escape",
          "raw-unicode-escape",
          "utf-7",
          "utf7",
          "u7",
          "unicode-1-1-utf-7",
          "punycode",
          "idna",
          "rot13",
          "rot-13",
          "hex",
          "base64",
          "zlib",
          "bz2",
          "uu",
          "quopri",
          "palmos",
          "mbcs",
          "oem");

  /** Decodes a file; what is not in its encoding becomes a replacement character. */
  public static SourceText of(byte[] source) {
    boolean mark =
        source.length >= 3
            && source[0] == (byte) 0xef
            && source[1] == (byte) 0xbb
            && source[2] == (byte) 0xbf;
    int from = mark ? 3 : 0;
    String encoding = cookie(source, from);
    boolean disguise = DISGUISES.contains(encoding);
    String text = new String(source, from, source.length - from, charset(encoding));
    if (encoding.endsWith("unicode-escape")) {
      text = StringLiteral.unescape(text, true);
    } else if (UTF_7.contains(encoding)) {
      text = Utf7.decode(text);
    }
    return new SourceText(text, encoding, disguise);
  }

  private static Charset charset(String encoding) {
    if (encoding.equals("utf-8")) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(encoding);
      // Python's source must be a superset of ASCII.
      return encoding.startsWith("utf-16") || encoding.startsWith("utf-32")
          ? StandardCharsets.UTF_8
          : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  /** The declaration in a comment of the first two lines. */
  private static String cookie(byte[] source, int from) {
    String head =
        new String(
            source,
            from,
            Math.min(source.length - from, 2 * MOST_COOKIE),
            StandardCharsets.ISO_8859_1);
    String[] lines = head.split("\r\n|\r|\n", 3);
    for (int i = 0; i < Math.min(2, lines.length); i++) {
      String line = lines[i].strip();
      if (line.startsWith("#")) {
        int at = line.indexOf("coding");
        if (at >= 0 && at + 6 < line.length() && ":=".indexOf(line.charAt(at + 6)) >= 0) {
          return name(line.substring(at + 7).strip());
        }
      } else if (!line.isEmpty()) {
        break;
      }
    }
    return "utf-8";
  }

  private static String name(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || "-_.".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    String name = text.substring(0, end).toLowerCase(Locale.ROOT).replace('_', '-');
    return name.isEmpty() || name.equals("utf8") || name.startsWith("utf-8") ? "utf-8" : name;
  }

  /** Resolves the escapes of a string literal, as {@code unicode_escape} does. */
  public static String unescape(String text) {
    return StringLiteral.unescape(text, true);
  }
}
