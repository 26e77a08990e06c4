package dev.gatehouse.inspection.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** The content of a file, to be taken once in one of these ways. */
interface Content {
  /** From its start. */
  InputStream stream() throws IOException;

  /**
   * To be read anywhere.
   *
   * @throws IOException also where it would have to be held in memory and is too large for that
   */
  SeekableByteChannel channel() throws IOException;

  /**
   * All of it.
   *
   * @throws IOException also where there are more bytes than {@code most}
   */
  default byte[] bytes(int most) throws IOException {
    byte[] bytes = stream().readNBytes(most + 1);
    if (bytes.length > most) {
      throw new TooLargeException(most);
    }
    return bytes;
  }

  /** Of an open file. */
  static Content of(SeekableByteChannel channel) {
    return new Content() {
      @Override
      public InputStream stream() {
        return Channels.newInputStream(channel);
      }

      @Override
      public SeekableByteChannel channel() {
        return channel;
      }
    };
  }

  /** Of a file that goes by. */
  static Content of(InputStream stream, int most) {
    return new Content() {
      @Override
      public InputStream stream() {
        return stream;
      }

      @Override
      public SeekableByteChannel channel() throws IOException {
        return new SeekableInMemoryByteChannel(bytes(most));
      }
    };
  }
}
