package dev.gatehouse.packaging.simple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** Streams that break off, or never do. */
final class OddStreams {
  private OddStreams() {}

  /** Gives the bytes and then fails with the message "cut off". */
  static InputStream cutOff(byte[] start) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("cut off");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw new IOException("cut off");
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(start), broken);
  }

  /** Gives spaces for ever. */
  static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return ' ';
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        Arrays.fill(buffer, offset, offset + length, (byte) ' ');
        return length;
      }
    };
  }
}
