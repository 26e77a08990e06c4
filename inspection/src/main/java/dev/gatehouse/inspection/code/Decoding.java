package dev.gatehouse.inspection.code;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lzma.LZMACompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The codecs in which code is hidden, of {@code base64}, {@code binascii}, {@code codecs} and the
 * compression modules. Each gives nothing for what is not in its form; none gives more than {@link
 * #MOST_BYTES}.
 */
final class Decoding {
  /** From this length on a literal is one that nobody typed. */
  static final int LONG_LITERAL = 4_000;

  /** What one layer may unpack to. The payload of LiteLLM 1.82.8 was 34,628 bytes in all. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final String ASCII85_Z = "\0\0\0\0";
  private static final String BASE85 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  private static final String ZERO_MQ_85 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

  private Decoding() {}

  /** A codec by its name in Python, whatever its spelling. */
  static Optional<byte[]> of(String codec, byte[] bytes) {
    return switch (codec.toLowerCase(Locale.ROOT).replace('_', '-').replace("-codec", "")) {
      case "base64", "b64" -> base64(bytes);
      case "hex" -> hex(bytes);
      case "rot13", "rot-13" -> Optional.of(rot13(bytes));
      case "zlib", "zip" -> inflate(bytes, false);
      case "bz2" -> bzip2(bytes);
      case "uu" -> Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether a codec hides text, and does not merely encode characters. */
  static boolean hides(String codec) {
    return switch (codec.toLowerCase(Locale.ROOT).replace('_', '-').replace("-codec", "")) {
      case "base64",
          "b64",
          "hex",
          "rot13",
          "rot-13",
          "zlib",
          "zip",
          "bz2",
          "uu",
          "quopri",
          "unicode-escape",
          "raw-unicode-escape",
          "punycode",
          "utf-7" ->
          true;
      default -> false;
    };
  }

  /** Either alphabet; what is in neither is passed over, and padding may be missing. */
  static Optional<byte[]> base64(byte[] bytes) {
    byte[] kept = new byte[bytes.length + 3];
    int length = 0;
    for (byte b : bytes) {
      byte own = b == '-' ? (byte) '+' : b == '_' ? (byte) '/' : b;
      if (own == '=') {
        break;
      }
      if (Character.isLetterOrDigit(own) || own == '+' || own == '/') {
        kept[length++] = own;
      }
    }
    if (length % 4 == 1) {
      length--;
    }
    try {
      return Optional.of(Base64.getDecoder().decode(java.util.Arrays.copyOf(kept, length)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static Optional<byte[]> base32(byte[] bytes, boolean hexAlphabet) {
    String alphabet =
        hexAlphabet ? "0123456789ABCDEFGHIJKLMNOPQRSTUV" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      int digit = alphabet.indexOf(Character.toUpperCase((char) b));
      if (digit < 0) {
        if (b == '=') {
          break;
        }
        return Optional.empty();
      }
      held = (held << 5 | digit) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out.write(held >> bits);
      }
    }
    return Optional.of(out.toByteArray());
  }

  static Optional<byte[]> hex(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int high = -1;
    for (byte b : bytes) {
      int digit = Character.digit(b, 16);
      if (digit < 0) {
        if (b == ' ' || b == ':' || b == '-' || b == '\n') {
          continue;
        }
        return Optional.empty();
      }
      if (high < 0) {
        high = digit;
      } else {
        out.write(high * 16 + digit);
        high = -1;
      }
    }
    return high < 0 ? Optional.of(out.toByteArray()) : Optional.empty();
  }

  /** Adobe's and btoa's Ascii85. */
  static Optional<byte[]> ascii85(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    text = text.startsWith("<~") ? text.substring(2) : text;
    text = text.endsWith("~>") ? text.substring(0, text.length() - 2) : text;
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'z') {
        digits.append(ASCII85_Z);
      } else if (c >= '!' && c <= 'u') {
        digits.append((char) (c - '!'));
      } else if (c > ' ') {
        return Optional.empty();
      }
    }
    return Optional.of(radix85(digits));
  }

  /** Git's and Mercurial's base85; with the other alphabet ZeroMQ's Z85. */
  static Optional<byte[]> base85(byte[] bytes, boolean zeroMq) {
    String alphabet = zeroMq ? ZERO_MQ_85 : BASE85;
    StringBuilder digits = new StringBuilder();
    for (byte b : bytes) {
      int digit = alphabet.indexOf(b);
      if (digit < 0) {
        return Optional.empty();
      }
      digits.append((char) digit);
    }
    return Optional.of(radix85(digits));
  }

  private static byte[] radix85(CharSequence digits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < digits.length(); i += 5) {
      long group = 0;
      for (int j = i; j < i + 5; j++) {
        group = group * 85 + (j < digits.length() ? digits.charAt(j) : 84);
      }
      int bytes = Math.min(5, digits.length() - i) - 1;
      for (int j = 0; j < bytes; j++) {
        out.write((int) (group >> (24 - 8 * j)));
      }
    }
    return out.toByteArray();
  }

  static byte[] rot13(byte[] bytes) {
    byte[] turned = bytes.clone();
    for (int i = 0; i < turned.length; i++) {
      int c = turned[i] | 32;
      if (c >= 'a' && c <= 'm') {
        turned[i] = (byte) (turned[i] + 13);
      } else if (c >= 'n' && c <= 'z') {
        turned[i] = (byte) (turned[i] - 13);
      }
    }
    return turned;
  }

  static Optional<byte[]> inflate(byte[] bytes, boolean raw) {
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(raw))) {
      return read(in);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static Optional<byte[]> gzip(byte[] bytes) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return read(in);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static Optional<byte[]> bzip2(byte[] bytes) {
    try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(bytes))) {
      return read(in);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Either container of {@code lzma}. */
  static Optional<byte[]> lzma(byte[] bytes) {
    boolean xz = bytes.length > 1 && bytes[0] == (byte) 0xfd;
    try (InputStream in =
        xz
            ? XZCompressorInputStream.builder()
                .setByteArray(bytes)
                .setMemoryLimitKiB(64 * 1024)
                .get()
            : LZMACompressorInputStream.builder()
                .setByteArray(bytes)
                .setMemoryLimitKiB(64 * 1024)
                .get()) {
      return read(in);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** As much as can be read: the end of a stream may be missing and the code in it still run. */
  private static Optional<byte[]> read(InputStream in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    try {
      int read;
      while (out.size() < MOST_BYTES && (read = in.read(buffer)) >= 0) {
        out.write(buffer, 0, read);
      }
    } catch (IOException _) {
      return out.size() == 0 ? Optional.empty() : Optional.of(out.toByteArray());
    }
    return Optional.of(out.toByteArray());
  }

  /** {@code int.to_bytes}. */
  static byte[] number(BigInteger value, int length, boolean little) {
    byte[] bytes = new byte[length];
    byte[] digits = value.toByteArray();
    for (int i = 0; i < Math.min(length, digits.length); i++) {
      byte digit = digits[digits.length - 1 - i];
      bytes[little ? i : length - 1 - i] = digit;
    }
    return bytes;
  }
}
