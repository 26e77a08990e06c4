package dev.gatehouse.inspection.code;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code base64}, {@code binascii}, {@code codecs}, compression, serialisation. */
final class DecodingCalls {
  private static final Set<String> DECRYPTIONS =
      Set.of("decrypt", "decrypt_and_verify", "unseal", "deobfuscate");

  private DecodingCalls() {}

  static Set<String> decryptions() {
    return DECRYPTIONS;
  }

  static boolean isDecryption(String name) {
    return DECRYPTIONS.contains(name);
  }

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    for (String name :
        new String[] {
          "base64.b64decode",
          "base64.standard_b64decode",
          "base64.urlsafe_b64decode",
          "base64.decodebytes",
          "base64.decodestring",
          "binascii.a2b_base64",
          "email.base64mime.decode"
        }) {
      calls.put(name, in -> decoded(in, Decoding::base64));
    }
    for (String name :
        new String[] {
          "binascii.unhexlify",
          "binascii.a2b_hex",
          "builtins.bytes.fromhex",
          "builtins.bytearray.fromhex",
          "base64.b16decode"
        }) {
      calls.put(name, in -> decoded(in, Decoding::hex));
    }
    calls.put("base64.b32decode", in -> decoded(in, bytes -> Decoding.base32(bytes, false)));
    calls.put("base64.b32hexdecode", in -> decoded(in, bytes -> Decoding.base32(bytes, true)));
    calls.put("base64.a85decode", in -> decoded(in, Decoding::ascii85));
    calls.put("base64.b85decode", in -> decoded(in, bytes -> Decoding.base85(bytes, false)));
    calls.put("base64.z85decode", in -> decoded(in, bytes -> Decoding.base85(bytes, true)));
    calls.put("zlib.decompress", in -> decoded(in, bytes -> inflate(in, bytes)));
    calls.put("gzip.decompress", in -> decoded(in, Decoding::gzip));
    calls.put("bz2.decompress", in -> decoded(in, Decoding::bzip2));
    calls.put("lzma.decompress", in -> decoded(in, Decoding::lzma));
    calls.put("codecs.decode", DecodingCalls::codec);
    calls.put(
        "codecs.getdecoder",
        in ->
            new Value.Partial(
                Value.Reference.to("codecs.decoder()"),
                java.util.List.of(in.argument(0)),
                Map.of()));
    calls.put(
        "codecs.decoder()",
        in -> {
          Value decoded = codec(in.with(java.util.List.of(in.argument(1), in.argument(0))));
          return Value.Items.of(
              new java.util.ArrayList<>(java.util.List.of(decoded, Value.UNKNOWN)));
        });
    for (String name :
        new String[] {
          "quopri.decodestring",
          "binascii.a2b_uu",
          "binascii.a2b_qp",
          "binascii.rledecode_hqx",
          "uu.decode"
        }) {
      calls.put(name, in -> Value.unknown(in.marks().and(Mark.DECODED)));
    }
    for (String name :
        new String[] {
          "html.unescape",
          "urllib.parse.unquote",
          "urllib.parse.unquote_to_bytes",
          "urllib.parse.unquote_plus"
        }) {
      calls.put(name, DecodingCalls::unquoted);
    }
    calls.put("marshal.loads", DecodingCalls::marshal);
    for (String name :
        new String[] {
          "pickle.loads",
          "pickle.load",
          "dill.loads",
          "cloudpickle.loads",
          "joblib.load",
          "jsonpickle.decode",
          "shelve.open"
        }) {
      calls.put(name, DecodingCalls::pickle);
    }
  }

  /** The bytes of a text or bytes that are wholly known. */
  static Optional<byte[]> bytes(Value value) {
    return switch (value) {
      case Value.Bytes bytes -> Optional.of(bytes.bytes());
      case Value.Text text when Folding.isKnown(text) ->
          Optional.of(text.text().getBytes(StandardCharsets.UTF_8));
      default -> Optional.empty();
    };
  }

  private static Value decoded(Invocation in, Function<byte[], Optional<byte[]>> decoder) {
    in.note(Fact.DECODES);
    Marks marks = in.marks().and(Mark.DECODED);
    if (in.marks().has(Mark.LONG)) {
      in.note(Fact.DECODES_LONG);
    }
    Value input = in.arguments().isEmpty() ? in.named("s") : in.argument(0);
    return bytes(input)
        .flatMap(decoder)
        .<Value>map(bytes -> new Value.Bytes(bytes, marks))
        .orElse(Value.unknown(marks));
  }

  private static Optional<byte[]> inflate(Invocation in, byte[] bytes) {
    Integer window = Folding.small(in.argument(1, "wbits"));
    if (window != null && window < 0) {
      return Decoding.inflate(bytes, true);
    }
    return window != null && window > 15 ? Decoding.gzip(bytes) : Decoding.inflate(bytes, false);
  }

  /** {@code codecs.decode(value, codec)}; also of {@code value.decode(codec)}. */
  static Value codec(Invocation in) {
    String codec = Value.shown(in.argument(1, "encoding"));
    Value value = in.argument(0, "obj");
    if (!Decoding.hides(codec)) {
      return decodedText(value);
    }
    in.note(Fact.DECODES);
    Marks marks = in.marks().and(Mark.DECODED);
    boolean text =
        codec.toLowerCase(java.util.Locale.ROOT).startsWith("rot") || codec.contains("escape");
    return bytes(value)
        .flatMap(bytes -> unpacked(codec, bytes))
        .<Value>map(
            bytes ->
                text
                    ? new Value.Text(new String(bytes, StandardCharsets.UTF_8), marks)
                    : new Value.Bytes(bytes, marks))
        .orElse(Value.unknown(marks));
  }

  private static Optional<byte[]> unpacked(String codec, byte[] bytes) {
    if (codec.contains("escape")) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return Optional.of(
          dev.gatehouse.inspection.python.SourceText.unescape(text)
              .getBytes(StandardCharsets.UTF_8));
    }
    return Decoding.of(codec, bytes);
  }

  /** Characters out of bytes, which hides nothing. */
  static Value decodedText(Value value) {
    return value instanceof Value.Bytes bytes
        ? new Value.Text(new String(bytes.bytes(), StandardCharsets.UTF_8), bytes.marks())
        : value instanceof Value.Text ? value : Value.unknown(value.marks());
  }

  /** Addresses are unquoted everywhere; only where the text is known can it be one that hides. */
  private static Value unquoted(Invocation in) {
    String text = Value.shown(in.argument(0));
    if (!Folding.isKnown(in.argument(0)) || text.indexOf('%') < 0) {
      return in.unknown();
    }
    in.note(Fact.DECODES);
    try {
      return new Value.Text(
          java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8),
          in.marks().and(Mark.DECODED));
    } catch (IllegalArgumentException _) {
      return Value.unknown(in.marks().and(Mark.DECODED));
    }
  }

  /** Code objects are bytes here: what is written in them can be read. */
  private static Value marshal(Invocation in) {
    Value input = in.argument(0);
    // Compiled modules are read from files like this by tools that run them.
    if (!(input instanceof Value.Bytes) && !input.marks().has(Mark.DECODED)) {
      return in.unknown();
    }
    in.note(Fact.DECODES);
    Marks marks = in.marks().and(Mark.DECODED);
    bytes(in.argument(0))
        .ifPresent(
            bytes -> in.evaluator().read(new String(bytes, StandardCharsets.ISO_8859_1), in.at()));
    return in.argument(0) instanceof Value.Bytes bytes
        ? new Value.Bytes(bytes.bytes(), marks)
        : Value.unknown(marks);
  }

  /** A pickle calls what it names; one that lies in the code names it in clear text. */
  private static Value pickle(Invocation in) {
    bytes(in.argument(0))
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .ifPresent(
            text -> {
              in.evaluator().read(text, in.at());
              for (String called :
                  new String[] {
                    "posix", "nt\n", "builtin", "subprocess", "os\nsystem", "runpy", "exec"
                  }) {
                if (text.contains(called)) {
                  in.note(Fact.EXECUTES_DECODED);
                }
              }
            });
    if (in.marks().has(Mark.FETCHED) && in.evaluator().interpreter().isAutomatic()) {
      in.note(Fact.EXECUTES_FETCHED);
    }
    return in.unknown();
  }
}
