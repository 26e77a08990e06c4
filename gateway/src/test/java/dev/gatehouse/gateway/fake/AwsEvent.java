package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/** A message of AWS's binary event stream. */
public final class AwsEvent {
  private AwsEvent() {}

  public static byte[] event(String type, JsonNode payload) {
    return message(":event-type", type, "event", payload);
  }

  static byte[] exception(String type, JsonNode payload) {
    return message(":exception-type", type, "exception", payload);
  }

  private static byte[] message(String kind, String type, String message, JsonNode payload) {
    byte[] headers =
        bytes(
            out -> {
              header(out, kind, type);
              header(out, ":content-type", "application/json");
              header(out, ":message-type", message);
            });
    byte[] body = Json.bytes(payload);
    byte[] lengths =
        bytes(
            out -> {
              out.writeInt(16 + headers.length + body.length);
              out.writeInt(headers.length);
            });
    byte[] start =
        bytes(
            out -> {
              out.write(lengths);
              out.writeInt(crc(lengths));
              out.write(headers);
              out.write(body);
            });
    return bytes(
        out -> {
          out.write(start);
          out.writeInt(crc(start));
        });
  }

  private static void header(DataOutputStream out, String name, String value) throws IOException {
    out.writeByte(name.length());
    out.write(name.getBytes(UTF_8));
    out.writeByte(7);
    out.writeShort(value.length());
    out.write(value.getBytes(UTF_8));
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
