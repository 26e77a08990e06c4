package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Hides a source in something that does not look like one: blanks, words, identifiers. */
final class Carriers {
  /** Eight blanks for a byte make a large file of a large source. */
  private static final int MOST_BITS = 40_000;

  private static final List<String> WORDS =
      List.of(
          "amber", "birch", "cedar", "delta", "ember", "field", "grove", "haven", "inlet", "jetty",
          "knoll", "lotus", "maple", "north", "ocean", "pearl");

  private static final List<Encoding> PACKED = List.of(Encoding.ZLIB, Encoding.BASE64);

  private Carriers() {}

  static List<Transformation> all() {
    return List.of(
        Rewrite.module("carrier-blanks", place -> bits(place, ' ', '\t')),
        Rewrite.module("carrier-zero-width", place -> bits(place, '\u200b', '\u200c')),
        Rewrite.module("carrier-words", Carriers::words),
        Rewrite.module("carrier-uuids", Carriers::uuids),
        Rewrite.module("carrier-scattered", Carriers::scattered),
        Rewrite.module("carrier-docstring", Carriers::docstring),
        Rewrite.module("carrier-comments", Carriers::comments),
        Rewrite.module("carrier-keywords", Carriers::keywords));
  }

  /** Every bit as one of two characters that nobody sees. */
  private static Optional<String> bits(Rewrite.Place place, char zero, char one) {
    byte[] bytes = Layers.encoded(place.text(), List.of(Encoding.ZLIB));
    if (bytes.length > MOST_BITS) {
      return Optional.empty();
    }
    StringBuilder hidden = new StringBuilder();
    for (byte b : bytes) {
      for (int bit = 7; bit >= 0; bit--) {
        hidden.append((b >> bit & 1) == 1 ? one : zero);
      }
    }
    return Optional.of(
        """
        import zlib

        _margin = '''%s'''
        _bits = ''.join(str(int(c == '\\u%04x')) for c in _margin)
        exec(zlib.decompress(bytes(int(_bits[i:i + 8], 2) for i in range(0, len(_bits), 8))))
        """
            .formatted(hidden, (int) one));
  }

  /** A word for each half of a byte. */
  private static Optional<String> words(Rewrite.Place place) {
    List<String> order = new ArrayList<>(WORDS);
    Collections.shuffle(order, Random.from(place.random()));
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (byte b : Layers.encoded(place.text(), List.of(Encoding.ZLIB))) {
      text.append(order.get(b >> 4 & 15)).append(' ').append(order.get(b & 15));
      text.append(column++ % 7 == 6 ? '\n' : ' ');
    }
    return Optional.of(
        """
        import zlib

        PALETTE = '%s'.split()
        NOTES = \"""
        %s
        \"""
        _found = [PALETTE.index(word) for word in NOTES.split()]
        _pairs = zip(_found[::2], _found[1::2])
        exec(compile(zlib.decompress(bytes(16 * a + b for a, b in _pairs)), __name__, 'exec'))
        """
            .formatted(String.join(" ", order), text.toString().strip()));
  }

  /** Sixteen bytes in each; what is too much at the end are zeros, which zlib need not see. */
  private static Optional<String> uuids(Rewrite.Place place) {
    byte[] bytes = Layers.encoded(place.text(), List.of(Encoding.ZLIB));
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 16) {
      java.nio.ByteBuffer row = java.nio.ByteBuffer.wrap(Arrays.copyOfRange(bytes, i, i + 16));
      rows.append("    '").append(new UUID(row.getLong(), row.getLong())).append("',\n");
    }
    return Optional.of(
        """
        import uuid
        import zlib

        TENANTS = [
        %s]


        def _tenants():
            return b''.join(uuid.UUID(tenant).bytes for tenant in TENANTS)


        exec(zlib.decompressobj().decompress(_tenants()), globals())
        """
            .formatted(rows));
  }

  /** Pieces under names of their own, in any order, put together by a sum. */
  private static Optional<String> scattered(Rewrite.Place place) {
    RandomGenerator random = place.random();
    String text = new String(Layers.encoded(place.text(), PACKED), US_ASCII);
    int count = 4 + random.nextInt(12);
    int size = text.length() / count + 1;
    List<String> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < text.length(); i += size) {
      String name = place.fresh("_");
      names.add(name);
      lines.add(
          "%s = '%s'\n".formatted(name, text.substring(i, Math.min(text.length(), i + size))));
    }
    Collections.shuffle(lines, Random.from(random));
    return Optional.of(
        Layers.imports(PACKED)
            + String.join("", lines)
            + "exec(%s)\n".formatted(Layers.decoding(String.join(" + ", names), PACKED)));
  }

  /** In the documentation of a function, where one reads past it. */
  private static Optional<String> docstring(Rewrite.Place place) {
    String text = new String(Layers.encoded(place.text(), PACKED), US_ASCII);
    return Optional.of(
        """
        %s

        def reference():
            \"""Return the reference data of the package.

            %s
            \"""
            return %s


        exec(reference(), globals())
        """
            .formatted(
                Layers.imports(PACKED),
                text.replaceAll("(.{76})", "$1\n    "),
                Layers.decoding("''.join(reference.__doc__.split()[7:])", PACKED)));
  }

  /** In comments of the file, which reads itself. */
  private static Optional<String> comments(Rewrite.Place place) {
    if (!place.path().endsWith(".py")) {
      return Optional.empty();
    }
    String text = new String(Layers.encoded(place.text(), PACKED), US_ASCII);
    return Optional.of(
        """
        %s
        with open(__file__) as _own:
            _rows = [row[3:].strip() for row in _own if row.startswith('#: ')]
        exec(%s)

        %s
        """
            .formatted(
                Layers.imports(PACKED),
                Layers.decoding("''.join(_rows)", PACKED),
                text.replaceAll("(.{1,72})", "#: $1\n").strip()));
  }

  /** As arguments that name themselves: {@code k0='…'}. */
  private static Optional<String> keywords(Rewrite.Place place) {
    String text = new String(Layers.encoded(place.text(), PACKED), US_ASCII);
    StringBuilder arguments = new StringBuilder();
    for (int i = 0; i < text.length(); i += 50) {
      arguments.append(
          "    k%d='%s',\n".formatted(i, text.substring(i, Math.min(text.length(), i + 50))));
    }
    return Optional.of(
        """
        %s
        _options = dict(
        %s)
        exec(%s)
        """
            .formatted(
                Layers.imports(PACKED),
                arguments,
                Layers.decoding("''.join(_options.values())", PACKED)));
  }
}
