package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Secrets that are looked for wherever they do not belong, also in other writing. */
final class Canaries {
  private final Map<String, List<String>> forms = new LinkedHashMap<>();

  /**
   * Looks for a secret from now on.
   *
   * @param name what it is called where it is found
   */
  void add(String name, String secret) {
    if (secret.length() < 16) {
      throw new IllegalArgumentException("too short to be known again: " + name);
    }
    List<String> all = new ArrayList<>();
    // Half of one is half a leak.
    all.add(secret.substring(0, (secret.length() + 1) / 2 + 1));
    all.add(secret.substring(secret.length() / 2));
    String encoded = URLEncoder.encode(secret, UTF_8);
    all.add(encoded);
    all.add(encoded.toLowerCase(Locale.ROOT));
    all.add(secret.replace("/", "\\/"));
    all.add(secret.replace("+", "\\u002B"));
    all.add(secret.replace("+", "\\u002b").replace("=", "\\u003d"));
    all.add(HexFormat.of().formatHex(secret.getBytes(UTF_8)));
    all.add(HexFormat.of().withUpperCase().formatHex(secret.getBytes(UTF_8)));
    all.add(HexFormat.ofDelimiter(" ").formatHex(secret.getBytes(UTF_8)));
    all.add(new String(secret.getBytes(UTF_16LE), ISO_8859_1));
    for (int before = 0; before < 3; before++) {
      String text = base64(secret, before);
      all.add(text);
      all.add(text.replace('+', '-').replace('/', '_'));
    }
    forms.put(name, all.stream().distinct().toList());
  }

  /** What stands for it within the BASE64 of a text in which so many bytes stand before it. */
  private static String base64(String secret, int before) {
    String text = Base64.getEncoder().encodeToString((" ".repeat(before) + secret).getBytes(UTF_8));
    int whole = (before + secret.length()) / 3 * 4;
    return text.substring(before == 0 ? 0 : 4, whole);
  }

  /** The names of those that stand in a text. */
  List<String> in(String text) {
    return forms.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(text::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<String> in(byte[] bytes) {
    return in(new String(bytes, ISO_8859_1));
  }
}
