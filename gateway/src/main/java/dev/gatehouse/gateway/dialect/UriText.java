package dev.gatehouse.gateway.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text within an address (RFC 3986). */
public final class UriText {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private UriText() {}

  /**
   * Encodes a name as one segment of a path, so that it can never lead elsewhere.
   *
   * @param name such as a model's, which a client may have written
   * @param field what of the request it is, for the message
   * @throws UntranslatableException where no segment can be that name
   */
  public static String segment(String name, String field) throws UntranslatableException {
    // Encoded or not, dots alone are taken for this folder or the one above.
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new UntranslatableException(field, "'" + name + "' is no name of a model");
    }
    return encode(name, "");
  }

  /**
   * Encodes all but letters, digits, {@code -._~} and what is kept: RFC 3986, section 2.3.
   *
   * @param kept ASCII characters
   */
  public static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(UTF_8)) {
      char c = (char) (each & 0xff);
      if (UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
