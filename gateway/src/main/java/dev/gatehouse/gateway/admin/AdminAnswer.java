package dev.gatehouse.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer. It is sent with {@code Cache-Control: no-store}: it may hold a token.
 *
 * @param status the HTTP status
 * @param contentType the body's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AdminAnswer(int status, String contentType, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();

  static AdminAnswer json(int status, @Nullable Object value) {
    return new AdminAnswer(status, "application/json", JSON.writeValueAsBytes(value));
  }

  static AdminAnswer text(int status, String contentType, String text) {
    return new AdminAnswer(status, contentType, text.getBytes(UTF_8));
  }

  static AdminAnswer nothing() {
    return new AdminAnswer(204, "", new byte[0]);
  }
}
