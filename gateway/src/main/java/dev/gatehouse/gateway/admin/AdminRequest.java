package dev.gatehouse.gateway.admin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request on the administration listener.
 *
 * @param method in upper case
 * @param path decoded, without the query
 * @param query decoded; of a name that comes twice, the first
 * @param body at most {@link AdminApi#MOST_BODY} bytes, else it is refused; empty: none
 * @param actor whose token came with it, as {@link AdminTokens#authenticate} says; null: none did,
 *     or one that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AdminRequest(
    String method, String path, Map<String, String> query, byte[] body, @Nullable Actor actor) {
  public AdminRequest {
    query = Map.copyOf(query);
  }

  /** A part of the path, after the slash of this number, from 0. */
  String segment(int number) {
    return path.split("/", -1)[number + 1];
  }

  /** Who asks, where the route lets nobody in without a token. */
  Actor known() {
    if (actor == null) {
      throw new IllegalStateException("this route lets in who has no token");
    }
    return actor;
  }
}
