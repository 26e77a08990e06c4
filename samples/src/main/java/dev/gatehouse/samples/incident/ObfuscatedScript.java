package dev.gatehouse.samples.incident;

import java.util.Locale;
import java.util.Random;

/**
 * JavaScript as obfuscators write it: one line, a rotated table of escaped strings, names that are
 * hexadecimal numbers. All of it calculates nothing and in the end does nothing.
 */
final class ObfuscatedScript {
  private static final int TABLE = 400;

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private ObfuscatedScript(long seed) {
    random = new Random(seed);
  }

  /** At least that many characters, all ASCII; the same for the same seed. */
  static String ofLength(int characters, long seed) {
    ObfuscatedScript script = new ObfuscatedScript(seed);
    script.table();
    while (script.text.length() < characters) {
      script.function();
    }
    return script.text.append("void 0x0;\n").toString();
  }

  private void table() {
    text.append("const _0x1f2e=[");
    for (int i = 0; i < TABLE; i++) {
      text.append(i == 0 ? "" : ",").append(escaped());
    }
    text.append("];(function(_0x4c1d,_0x2b9a){while(--_0x2b9a){_0x4c1d['push'](_0x4c1d['shift']")
        .append("());}}(_0x1f2e,0x1a7));");
  }

  /** Letters as {@code \x61}, which spell nothing. */
  private String escaped() {
    StringBuilder string = new StringBuilder("'");
    int letters = 4 + random.nextInt(12);
    for (int i = 0; i < letters; i++) {
      string.append("\\x").append(Integer.toHexString('a' + random.nextInt(26)));
    }
    return string.append('\'').toString();
  }

  private void function() {
    String name = name();
    String argument = name();
    text.append("function ").append(name).append('(').append(argument).append("){return _0x1f2e[(");
    text.append(argument).append("^0x").append(Integer.toHexString(random.nextInt(1 << 20)));
    text.append(")%0x").append(Integer.toHexString(TABLE)).append("]+").append(escaped());
    text.append(";}");
  }

  private String name() {
    return String.format(Locale.ROOT, "_0x%06x", random.nextInt(1 << 24));
  }
}
