package dev.gatehouse.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** How the content of an answer leaves: in whole, or in one of the ways in which upstreams fail. */
interface Body {
  /** As it should. */
  Body WHOLE = (content, out) -> out.write(content);

  /** Sends what it will of the content. */
  void send(byte[] content, OutputStream out) throws IOException;

  /** Stops at a gate after so many bytes. */
  static Body gated(int before, Gate gate) {
    return (content, out) -> {
      out.write(content, 0, before);
      out.flush();
      gate.pass();
      out.write(content, before, content.length - before);
    };
  }

  /** Lets bytes go as they are given. */
  static Body dripping(Drip drip) {
    return (content, out) -> {
      out.flush(); // the head is not part of what drips
      int sent = 0;
      while (sent < content.length) {
        int more = drip.take(content.length - sent);
        out.write(content, sent, more);
        out.flush();
        sent += more;
      }
    };
  }

  /** Ends the connection after so many bytes. */
  static Body truncated(int after) {
    return (content, out) -> {
      out.write(content, 0, after);
      out.flush();
      throw new EndOfConnection();
    };
  }

  /** Puts so many spaces before the content, which JSON and HTML both allow. */
  static Body padded(long spaces) {
    return (content, out) -> {
      writeSpaces(spaces, out);
      out.write(content);
    };
  }

  /** The same, packed by gzip to a thousandth. */
  static Body bomb(long spaces) {
    return (content, out) -> {
      GZIPOutputStream gzip = new GZIPOutputStream(out);
      padded(spaces).send(content, gzip);
      gzip.finish();
    };
  }

  private static void writeSpaces(long count, OutputStream out) throws IOException {
    byte[] chunk = new byte[64 * 1024];
    Arrays.fill(chunk, (byte) ' ');
    for (long left = count; left > 0; left -= chunk.length) {
      out.write(chunk, 0, (int) Math.min(left, chunk.length));
    }
  }
}
