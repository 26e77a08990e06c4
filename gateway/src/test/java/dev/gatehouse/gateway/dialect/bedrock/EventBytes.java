package dev.gatehouse.gateway.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Builds the messages of an event stream. */
final class EventBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** An event of Bedrock's. */
  EventBytes event(String type, String json) {
    return message(
        new Headers()
            .text(":event-type", type)
            .text(":content-type", "application/json")
            .text(":message-type", "event"),
        json.getBytes(UTF_8));
  }

  /** An exception of Bedrock's. */
  EventBytes exception(String type, String json) {
    return message(
        new Headers()
            .text(":exception-type", type)
            .text(":content-type", "application/json")
            .text(":message-type", "exception"),
        json.getBytes(UTF_8));
  }

  EventBytes message(Headers headers, byte[] payload) {
    byte[] head = headers.bytes.toByteArray();
    int total = 16 + head.length + payload.length;
    ByteBuffer message = ByteBuffer.allocate(total).putInt(total).putInt(head.length);
    message.putInt(crc(message.array(), 8)).put(head).put(payload);
    message.putInt(crc(message.array(), total - 4));
    bytes.writeBytes(message.array());
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  static int crc(byte[] of, int length) {
    CRC32 crc = new CRC32();
    crc.update(of, 0, length);
    return (int) crc.getValue();
  }

  /** A message's headers. */
  static final class Headers {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Headers text(String name, String value) {
      byte[] text = value.getBytes(UTF_8);
      return raw(
          name,
          7,
          ByteBuffer.allocate(2 + text.length).putShort((short) text.length).put(text).array());
    }

    Headers raw(String name, int type, byte... value) {
      bytes.write(name.length());
      bytes.writeBytes(name.getBytes(UTF_8));
      bytes.write(type);
      bytes.writeBytes(value);
      return this;
    }
  }
}
