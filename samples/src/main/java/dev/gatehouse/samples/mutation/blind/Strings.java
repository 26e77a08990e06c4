package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.samples.mutation.Transformation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Writes the strings of a source as something that makes them. */
final class Strings {
  /** Writes a text as an expression; as nothing where it does not fit. */
  private interface Writer {
    String write(String text, RandomGenerator random);
  }

  /** What is longer is a payload: with an expression for each character it would not parse. */
  private static final int SHORT = 3000;

  private static final int LONG = 1 << 18;

  private Strings() {}

  static List<Transformation> all() {
    return List.of(
        strings("string-percent-c", SHORT, (s, _) -> percentC(s)),
        strings("string-shifted", SHORT, Strings::shifted),
        strings("string-pad", LONG, Strings::padded),
        strings("string-xor-bytes", LONG, Strings::xored),
        strings("string-translate", LONG, (s, _) -> translated(s)),
        strings("string-every-other", LONG, Strings::everyOther),
        strings("string-zipped", LONG, (s, _) -> zipped(s)),
        strings("string-permuted", SHORT, Strings::permuted),
        strings(
            "string-unhexlify",
            LONG,
            (s, _) -> "__import__('binascii').unhexlify('%s').decode()".formatted(hex(s))),
        strings("string-integer", LONG, (s, _) -> integer(s)),
        strings("string-octal", LONG, (s, _) -> escaped(s)),
        strings("string-adjacent", LONG, StringPieces::adjacent),
        strings(
            "string-bytearray",
            SHORT,
            (s, _) -> "bytearray((%s)).decode('utf-8')".formatted(numbers(s))),
        strings("string-template", SHORT, StringPieces::template),
        strings("string-fields", SHORT, StringPieces::fields),
        strings("string-fstring-joined", SHORT, StringPieces::embedded),
        strings("string-removed", LONG, StringPieces::removed),
        strings("string-swapcase", LONG, (s, _) -> StringPieces.swapped(s)));
  }

  private static Transformation strings(String name, int most, Writer writer) {
    return Rewrite.any(
        name,
        place -> {
          RandomGenerator random = place.random();
          int share = 2 + random.nextInt(4);
          return Literal.replaced(
              place.text(),
              most,
              text ->
                  Optional.of(random.nextInt(share))
                      .filter(chance -> chance > 0)
                      .map(_ -> writer.write(text, random))
                      .filter(written -> !written.isEmpty())
                      .map(written -> "(" + written + ")"));
        });
  }

  private static String percentC(String text) {
    return "'%s' %% (%s,)".formatted("%c".repeat(points(text)), codes(text, c -> c));
  }

  private static String shifted(String text, RandomGenerator random) {
    int key = 3 + random.nextInt(90);
    return "''.join([chr(v - %d) for v in (%s,)])".formatted(key, codes(text, c -> c + key));
  }

  private static String padded(String text, RandomGenerator random) {
    byte[] plain = text.getBytes(UTF_8);
    byte[] pad = new byte[plain.length];
    random.nextBytes(pad);
    byte[] sealed = new byte[plain.length];
    for (int i = 0; i < plain.length; i++) {
      sealed[i] = (byte) (plain[i] ^ pad[i]);
    }
    HexFormat format = HexFormat.of();
    return "bytes(a ^ b for a, b in zip(bytes.fromhex('%s'), bytes.fromhex('%s'))).decode()"
        .formatted(format.formatHex(sealed), format.formatHex(pad));
  }

  private static String xored(String text, RandomGenerator random) {
    int key = 128 + random.nextInt(127);
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      escaped.append("\\x%02x".formatted((b ^ key) & 0xff));
    }
    return "bytes(map(lambda v: v ^ %d, b'%s')).decode()".formatted(key, escaped);
  }

  /** Every letter for another one of those that are there, by a table. */
  private static String translated(String text) {
    List<Integer> letters = text.codePoints().distinct().sorted().boxed().toList();
    StringBuilder from = new StringBuilder();
    StringBuilder to = new StringBuilder();
    for (int i = 0; i < letters.size(); i++) {
      from.appendCodePoint(letters.get((i + 1) % letters.size()));
      to.appendCodePoint(letters.get(i));
    }
    String written =
        text.codePoints()
            .mapToObj(c -> Character.toString(from.codePointAt(to.indexOf(Character.toString(c)))))
            .collect(Collectors.joining());
    return "%s.translate(str.maketrans(%s, %s))"
        .formatted(
            Literal.quoted(written),
            Literal.quoted(from.toString()),
            Literal.quoted(to.toString()));
  }

  private static String everyOther(String text, RandomGenerator random) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> out.appendCodePoint(c).append((char) ('a' + random.nextInt(26))));
    return Literal.quoted(out.toString()) + "[::2]";
  }

  private static String zipped(String text) {
    StringBuilder even = new StringBuilder();
    StringBuilder odd = new StringBuilder();
    int[] all = text.codePoints().toArray();
    for (int i = 0; i < all.length; i++) {
      (i % 2 == 0 ? even : odd).appendCodePoint(all[i]);
    }
    return "''.join(map(''.join, __import__('itertools').zip_longest(%s, %s, fillvalue='')))"
        .formatted(Literal.quoted(even.toString()), Literal.quoted(odd.toString()));
  }

  private static String permuted(String text, RandomGenerator random) {
    int[] all = text.codePoints().toArray();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, Random.from(random));
    StringBuilder mixed = new StringBuilder();
    order.forEach(i -> mixed.appendCodePoint(all[i]));
    int[] placeOf = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      placeOf[order.get(i)] = i;
    }
    String places =
        Arrays.stream(placeOf).mapToObj(String::valueOf).collect(Collectors.joining(","));
    return "''.join(%s[i] for i in (%s,))".formatted(Literal.quoted(mixed.toString()), places);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  /** Decimal as long as Python reads it so: 4300 digits. */
  private static String integer(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    BigInteger number = new BigInteger(1, bytes);
    String digits = bytes.length < 1000 ? number.toString() : "0x" + number.toString(16);
    return "(%s).to_bytes(%d, 'big').decode()".formatted(digits, bytes.length);
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .forEach(
            c -> {
              if (c < 128) {
                out.append(
                    c >= 'a' && c <= 'z' && c % 3 == 0
                        ? "\\N{LATIN SMALL LETTER %c}".formatted(c - 32)
                        : "\\%03o".formatted(c));
              } else {
                out.append("\\U%08x".formatted(c));
              }
            });
    return out.append("'").toString();
  }

  private static int points(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String codes(String text, IntUnaryOperator change) {
    return text.codePoints()
        .map(change)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private static String numbers(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      out.append(b & 0xff).append(", ");
    }
    return out.toString();
  }
}
