package dev.gatehouse.samples.mutation.blind;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/**
 * One step of hiding bytes, and how Python takes it back.
 *
 * @param module what must be imported; empty for nothing
 * @param format the expression that decodes, with {@code %s} for the one that gives what is encoded
 * @param makesText whether it makes ASCII, as a literal needs
 */
record Encoding(String module, String format, boolean makesText, Encoder encoder) {
  /** Hides bytes. */
  interface Encoder {
    byte[] encode(byte[] plain);
  }

  /** Makes a stream that compresses. */
  private interface Compressor {
    OutputStream on(OutputStream out) throws IOException;
  }

  static final Encoding BASE64 =
      new Encoding("base64", "base64.b64decode(%s)", true, Base64.getEncoder()::encode);
  static final Encoding URL_SAFE =
      new Encoding("base64", "base64.urlsafe_b64decode(%s)", true, Base64.getUrlEncoder()::encode);
  static final Encoding A2B =
      new Encoding("binascii", "binascii.a2b_base64(%s)", true, Base64.getEncoder()::encode);
  static final Encoding BASE16 =
      new Encoding(
          "base64",
          "base64.b16decode(%s)",
          true,
          plain -> HexFormat.of().withUpperCase().formatHex(plain).getBytes(US_ASCII));
  static final Encoding ASCII85 =
      new Encoding("base64", "base64.a85decode(%s)", true, Encoding::ascii85);
  static final Encoding ZLIB =
      new Encoding("zlib", "zlib.decompress(%s)", false, compressing(DeflaterOutputStream::new));
  static final Encoding GZIP =
      new Encoding("gzip", "gzip.decompress(%s)", false, compressing(GZIPOutputStream::new));
  static final Encoding BZIP2 =
      new Encoding(
          "bz2", "bz2.decompress(%s)", false, compressing(BZip2CompressorOutputStream::new));
  static final Encoding REVERSED = new Encoding("", "%s[::-1]", false, Encoding::reversed);

  static Encoding xor(byte[] key) {
    return new Encoding(
        "itertools",
        "bytes(a ^ b for a, b in zip(%s, itertools.cycle(bytes.fromhex('"
            + HexFormat.of().formatHex(key)
            + "'))))",
        false,
        plain -> {
          byte[] made = plain.clone();
          for (int i = 0; i < made.length; i++) {
            made[i] ^= key[i % key.length];
          }
          return made;
        });
  }

  static Encoding shifted(int by) {
    return new Encoding(
        "",
        "bytes((c - " + by + ") % 256 for c in %s)".replace("% 256", "%% 256"),
        false,
        plain -> {
          byte[] made = plain.clone();
          for (int i = 0; i < made.length; i++) {
            made[i] += (byte) by;
          }
          return made;
        });
  }

  private static Encoder compressing(Compressor compressor) {
    return plain -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = compressor.on(bytes)) {
        out.write(plain);
      } catch (IOException e) {
        throw new UncheckedIOException("memory is no disk", e);
      }
      return bytes.toByteArray();
    };
  }

  private static byte[] reversed(byte[] plain) {
    byte[] made = new byte[plain.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = plain[plain.length - 1 - i];
    }
    return made;
  }

  private static byte[] ascii85(byte[] plain) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < plain.length; i += 4) {
      int length = Math.min(4, plain.length - i);
      byte[] group = Arrays.copyOf(Arrays.copyOfRange(plain, i, i + length), 4);
      long number = Integer.toUnsignedLong(java.nio.ByteBuffer.wrap(group).getInt());
      char[] digits = new char[5];
      for (int j = 4; j >= 0; j--) {
        digits[j] = (char) ('!' + number % 85);
        number /= 85;
      }
      boolean zero = length == 4 && new String(digits).equals("!!!!!");
      out.append(zero ? "z" : new String(digits, 0, length + 1));
    }
    return out.toString().getBytes(US_ASCII);
  }
}
