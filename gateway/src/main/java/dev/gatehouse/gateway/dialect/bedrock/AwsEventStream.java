package dev.gatehouse.gateway.dialect.bedrock;

import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Reads an {@code application/vnd.amazon.eventstream}: messages one after the other, each of its
 * length, its headers' length and their CRC-32, then the headers, the payload, and the CRC-32 of it
 * all (the Smithy event stream specification). Bytes are held for one message at most.
 */
final class AwsEventStream {
  /** What AWS allows a message's headers. */
  private static final int MOST_HEADER_BYTES = 128 * 1024;

  /** AWS allows 24 MiB; an event of a model's answer is a few kilobytes, an image's piece more. */
  private static final int MOST_MESSAGE_BYTES = 16 * 1024 * 1024;

  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /** Of the message that is being read; 0 until its prelude is there. */
  private int total;

  private int headers;

  /**
   * A message.
   *
   * @param headers those whose value is a text; none of another type means anything to Bedrock
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by whoever is given it
  record Message(Map<String, String> headers, byte[] payload) {}

  /** Takes what one message holds. */
  interface Receiver {
    void message(Message message) throws MalformedAnswerException;
  }

  /**
   * Takes the next bytes, split anywhere.
   *
   * @throws MalformedAnswerException where they are no such stream; there is no reading on
   */
  void take(byte[] bytes, int offset, int length, Receiver to) throws MalformedAnswerException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int wanted = (total == 0 ? PRELUDE : total) - held.size();
      int taken = Math.min(wanted, end - at);
      held.write(bytes, at, taken);
      at += taken;
      if (taken < wanted) {
        return;
      }
      if (total == 0) {
        readPrelude();
      } else {
        Message message = readMessage();
        held.reset();
        total = 0;
        to.message(message);
      }
    }
  }

  /**
   * Says that there are no more bytes.
   *
   * @throws MalformedAnswerException where a message is not whole
   */
  void end() throws MalformedAnswerException {
    if (held.size() > 0) {
      throw new MalformedAnswerException("The event stream ends within a message");
    }
  }

  private void readPrelude() throws MalformedAnswerException {
    byte[] prelude = held.toByteArray();
    ByteBuffer fields = ByteBuffer.wrap(prelude);
    int messageBytes = fields.getInt();
    int headerBytes = fields.getInt();
    if (fields.getInt() != crc(prelude, PRELUDE - CHECKSUM)) {
      throw new MalformedAnswerException("The checksum of an event's prelude is wrong");
    }
    if (headerBytes < 0
        || headerBytes > MOST_HEADER_BYTES
        || messageBytes > MOST_MESSAGE_BYTES
        || messageBytes < PRELUDE + headerBytes + CHECKSUM) {
      throw new MalformedAnswerException("An event's lengths are out of bounds");
    }
    total = messageBytes;
    headers = headerBytes;
  }

  private Message readMessage() throws MalformedAnswerException {
    byte[] message = held.toByteArray();
    ByteBuffer all = ByteBuffer.wrap(message);
    if (all.getInt(total - CHECKSUM) != crc(message, total - CHECKSUM)) {
      throw new MalformedAnswerException("The checksum of an event is wrong");
    }
    Map<String, String> texts = readHeaders(all.slice(PRELUDE, headers));
    byte[] payload = new byte[total - PRELUDE - headers - CHECKSUM];
    all.get(PRELUDE + headers, payload);
    return new Message(texts, payload);
  }

  private static Map<String, String> readHeaders(ByteBuffer from) throws MalformedAnswerException {
    Map<String, String> texts = new HashMap<>();
    while (from.hasRemaining()) {
      String name = text(bytes(from, unsigned(from, 1)));
      int type = unsigned(from, 1);
      switch (type) {
        case 0, 1 -> {} // true, false
        case 2 -> bytes(from, 1);
        case 3 -> bytes(from, 2);
        case 4 -> bytes(from, 4);
        case 5, 8 -> bytes(from, 8); // a number, a time
        case 6 -> bytes(from, unsigned(from, 2));
        case 7 -> {
          if (texts.put(name, text(bytes(from, unsigned(from, 2)))) != null) {
            throw new MalformedAnswerException("An event has the same header twice");
          }
        }
        case 9 -> bytes(from, 16); // a UUID
        default -> throw new MalformedAnswerException("An event's header has an unknown type");
      }
    }
    return Map.copyOf(texts);
  }

  private static int unsigned(ByteBuffer from, int size) throws MalformedAnswerException {
    ByteBuffer field = bytes(from, size);
    return size == 1 ? Byte.toUnsignedInt(field.get()) : Short.toUnsignedInt(field.getShort());
  }

  private static ByteBuffer bytes(ByteBuffer from, int size) throws MalformedAnswerException {
    if (size > from.remaining()) {
      throw new MalformedAnswerException("An event's header goes beyond the headers");
    }
    ByteBuffer field = from.slice(from.position(), size);
    from.position(from.position() + size);
    return field;
  }

  private static String text(ByteBuffer bytes) throws MalformedAnswerException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedAnswerException("An event's header is not UTF-8");
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
