package dev.gatehouse.gateway.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is sent back.
 *
 * @param parts the body; of a streamed one, its events in their bytes
 */
record Reply(
    int status,
    String contentType,
    Map<String, String> headers,
    List<byte[]> parts,
    boolean streamed) {
  static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", Map.of(), List.of(Json.bytes(body)), false);
  }

  static Reply events(List<byte[]> events) {
    return new Reply(200, "text/event-stream", Map.of(), events, true);
  }

  Reply with(String header, String value) {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put(header, value);
    return new Reply(status, contentType, all, parts, streamed);
  }

  /** A server-sent event without a name. */
  static byte[] event(JsonNode data) {
    return ("data: " + Json.text(data) + "\n\n").getBytes(UTF_8);
  }

  /** A server-sent event. */
  static byte[] event(String name, JsonNode data) {
    return ("event: " + name + "\ndata: " + Json.text(data) + "\n\n").getBytes(UTF_8);
  }
}
