package dev.gatehouse.samples.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;

/** Wraps the whole of a source into another layer, which decodes and executes it. */
final class Layers {
  /** A layer as what must be imported and an expression that gives the source back. */
  private record Layer(String imports, String expression) {}

  /** Makes a layer of a source. */
  private interface Maker {
    Optional<Layer> make(String source, RandomGenerator random);
  }

  private Layers() {}

  static List<Transformation> all() {
    List<Transformation> all = new ArrayList<>();
    all.add(layer("layer-base64", (s, _) -> of("base64", "base64.b64decode('%s')", base64(s))));
    all.add(
        layer(
            "layer-base64-reversed",
            (s, _) ->
                of(
                    "base64",
                    "base64.b64decode('%s'[::-1])",
                    new StringBuilder(base64(s)).reverse().toString())));
    all.add(
        layer(
            "layer-hex",
            (s, _) ->
                of(
                    "",
                    "bytes.fromhex('%s').decode()",
                    HexFormat.of().formatHex(s.getBytes(UTF_8)))));
    all.add(
        layer(
            "layer-zlib",
            (s, _) ->
                of(
                    "base64, zlib",
                    "zlib.decompress(base64.b64decode('%s'))",
                    Base64.getEncoder().encodeToString(deflated(s)))));
    all.add(layer("layer-base85", (s, _) -> of("base64", "base64.b85decode('%s')", base85(s))));
    all.add(layer("layer-base32", (s, _) -> of("base64", "base64.b32decode('%s')", base32(s))));
    all.add(layer("layer-numbers", (s, _) -> of("", "bytes([%s]).decode()", numbers(s, 0))));
    all.add(
        layer(
            "layer-characters", (s, _) -> of("", "''.join(chr(c) for c in [%s])", codePoints(s))));
    all.add(layer("layer-map-chr", (s, _) -> of("", "''.join(map(chr, (%s)))", codePoints(s))));
    all.add(
        layer(
            "layer-xor",
            (s, random) -> {
              int key = 1 + random.nextInt(250);
              return of("", "bytes(b ^ " + key + " for b in [%s]).decode()", numbers(s, key));
            }));
    all.add(
        layer(
            "layer-xor-loop",
            (s, random) -> {
              int key = 1 + random.nextInt(250);
              return Optional.of(
                  new Layer(
                      "",
                      "(lambda d: ''.join([chr(c ^ %d) for c in bytes.fromhex(d)]))('%s')"
                          .formatted(key, HexFormat.of().formatHex(xor(s, key)))));
            }));
    all.add(
        layer(
            "layer-rot13",
            (s, _) ->
                s.chars().allMatch(c -> c < 128) && s.indexOf('\'') < 0 && s.indexOf('\\') < 0
                    ? Optional.of(
                        new Layer(
                            "codecs",
                            "codecs.decode('%s', 'rot13')"
                                .formatted(rot13(s).replace("\r", "\\r").replace("\n", "\\n"))))
                    : of(
                        "codecs, base64",
                        "base64.b64decode(codecs.decode('%s', 'rot_13'))",
                        rot13(base64(s)))));
    all.add(
        layer(
            "layer-integer",
            (s, _) ->
                Optional.of(
                    new Layer(
                        "",
                        "(0x%s).to_bytes(%d, 'big').decode()"
                            .formatted(
                                HexFormat.of().formatHex(s.getBytes(UTF_8)),
                                s.getBytes(UTF_8).length)))));
    all.add(
        layer(
            "layer-unicode-escape",
            (s, _) ->
                of(
                    "codecs",
                    "codecs.decode('%s', 'unicode_escape')",
                    escaped(s).replace("\\", "\\\\"))));
    return all;
  }

  private static Transformation layer(String name, Maker maker) {
    return new Source(
        name,
        (text, random) ->
            maker
                .make(text.text().strip() + "\n", random)
                .map(layer -> wrapped(layer, text.isPth(), random)));
  }

  private static Optional<Layer> of(String imports, String format, String data) {
    return Optional.of(new Layer(imports, format.formatted(data)));
  }

  private static String wrapped(Layer layer, boolean pth, RandomGenerator random) {
    String call =
        switch (random.nextInt(4)) {
          case 0 -> "exec(compile(%s, '<string>', 'exec'))".formatted(layer.expression());
          case 1 -> "eval(compile(%s, 'x', 'exec'), globals())".formatted(layer.expression());
          case 2 -> "(lambda c: exec(c, globals()))(%s)".formatted(layer.expression());
          default -> "exec(%s)".formatted(layer.expression());
        };
    if (pth) {
      return "import %s; %s\n".formatted(layer.imports().isEmpty() ? "os" : layer.imports(), call);
    }
    return (layer.imports().isEmpty() ? "" : "import " + layer.imports() + "\n") + call + "\n";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static byte[] xor(String text, int key) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (bytes[i] ^ key);
    }
    return bytes;
  }

  private static String numbers(String text, int key) {
    StringBuilder numbers = new StringBuilder();
    for (byte b : xor(text, key)) {
      numbers.append(numbers.isEmpty() ? "" : ",").append(b & 0xff);
    }
    return numbers.toString();
  }

  private static String codePoints(String text) {
    StringBuilder numbers = new StringBuilder();
    text.codePoints().forEach(c -> numbers.append(numbers.isEmpty() ? "" : ",").append(c));
    return numbers.toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return escaped.toString();
  }

  static String rot13(String text) {
    StringBuilder turned = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int lower = c | 32;
      boolean letter = lower >= 'a' && lower <= 'z' && c < 128;
      turned.append(letter ? (char) (c + (lower < 'n' ? 13 : -13)) : c);
    }
    return turned.toString();
  }

  private static byte[] deflated(String text) {
    Deflater deflater = new Deflater();
    deflater.setInput(text.getBytes(UTF_8));
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static String base85(String text) {
    String alphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    byte[] bytes = text.getBytes(UTF_8);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 4) {
      long group = 0;
      for (int j = i; j < i + 4; j++) {
        group = group << 8 | (j < bytes.length ? bytes[j] & 0xff : 0);
      }
      StringBuilder digits = new StringBuilder();
      for (int j = 0; j < 5; j++) {
        digits.insert(0, alphabet.charAt((int) (group % 85)));
        group /= 85;
      }
      out.append(digits, 0, Math.min(4, bytes.length - i) + 1);
    }
    return out.toString();
  }

  private static String base32(String text) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    StringBuilder bits = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      bits.append(Integer.toBinaryString((b & 0xff) | 0x100).substring(1));
    }
    while (bits.length() % 5 != 0) {
      bits.append('0');
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bits.length(); i += 5) {
      out.append(alphabet.charAt(Integer.parseInt(bits.substring(i, i + 5), 2)));
    }
    while (out.length() % 8 != 0) {
      out.append('=');
    }
    return out.toString();
  }
}
