package dev.gatehouse.index.http;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a request is not answered with what it asked for (RFC 9457).
 *
 * @param status the HTTP status
 * @param code a stable name in kebab case
 * @param title the whole of it in one short line: it is also the reason phrase, which is all that a
 *     user of pip reads
 * @param detail what was tried and what went wrong
 * @param remedy what to do
 */
public record Problem(int status, String code, String title, String detail, String remedy) {
  /** Exactly this, without a charset: uv shows the text of no other type. */
  static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = new JsonMapper();

  /** The most that a reason phrase has. pip prints it in one line, with the address behind it. */
  static final int MOST_REASON = 200;

  ProblemException asException() {
    return new ProblemException(this);
  }

  byte[] body() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail + " " + remedy);
    members.put("code", code);
    members.put("remedy", remedy);
    return JSON.writeValueAsBytes(members);
  }

  /**
   * The title as a reason phrase may be: printable ASCII, without line ends (RFC 9112, section 4).
   */
  String reasonPhrase() {
    StringBuilder phrase = new StringBuilder();
    title
        .codePoints()
        .limit(MOST_REASON)
        .forEach(c -> phrase.append(c >= ' ' && c < 0x7f ? (char) c : c < ' ' ? ' ' : '?'));
    return phrase.toString();
  }
}
