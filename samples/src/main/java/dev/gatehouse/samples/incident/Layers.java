package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** The encodings that attackers put round a text. */
final class Layers {
  private static final int WAVE_HEADER = 44;
  private static final int SAMPLE_RATE = 8000;

  private Layers() {}

  static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The key, then the text with the key over it, again and again. */
  static byte[] xored(byte[] key, String text) {
    byte[] plain = text.getBytes(UTF_8);
    ByteBuffer all = ByteBuffer.allocate(key.length + plain.length).put(key);
    for (int i = 0; i < plain.length; i++) {
      all.put((byte) (plain[i] ^ key[i % key.length]));
    }
    return all.array();
  }

  /** A WAV file (RIFF, PCM) of one channel, a byte for each frame. */
  static byte[] wave(byte[] frames) {
    return ByteBuffer.allocate(WAVE_HEADER + frames.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(US_ASCII))
        .putInt(WAVE_HEADER - 8 + frames.length)
        .put("WAVEfmt ".getBytes(US_ASCII))
        .putInt(16) // bytes of the format
        .putShort((short) 1) // PCM
        .putShort((short) 1) // channels
        .putInt(SAMPLE_RATE)
        .putInt(SAMPLE_RATE) // bytes in a second
        .putShort((short) 1) // bytes in a frame
        .putShort((short) 8) // bits in a sample
        .put("data".getBytes(US_ASCII))
        .putInt(frames.length)
        .put(frames)
        .array();
  }
}
