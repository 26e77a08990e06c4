package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.inference.Call.ClientOptions;
import dev.gatehouse.gateway.usage.Labels;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** The headers by which LiteLLM's clients say how they want to be served. */
final class ClientHeaders {
  private static final Duration LONGEST = Duration.ofHours(2);

  private ClientHeaders() {}

  /**
   * Reads them.
   *
   * @param bodyEndUser whom the body says that the call serves, where no header does; null: nobody
   * @throws IllegalArgumentException where one is not what it should be
   */
  static ClientOptions read(HttpFields headers, @Nullable String bodyEndUser) {
    String timeout = headers.get("x-litellm-timeout");
    String retries = headers.get("x-litellm-num-retries");
    List<String> tags = headers.getCSV("x-litellm-tags", false);
    String named = headers.get("x-litellm-end-user-id");
    String endUser = named == null || named.isBlank() ? bodyEndUser : named;
    if (timeout == null && retries == null && tags.isEmpty() && endUser == null) {
      return ClientOptions.NONE;
    }
    return new ClientOptions(seconds(timeout), count(retries), new Labels(endUser, tags));
  }

  private static @Nullable Duration seconds(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      double seconds = Double.parseDouble(text.strip());
      if (seconds > 0 && seconds <= LONGEST.toSeconds()) {
        return Duration.ofMillis(Math.max(1, (long) (seconds * 1000)));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("x-litellm-timeout is a number of seconds, up to 7200.");
  }

  private static @Nullable Integer count(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (!text.strip().matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("x-litellm-num-retries is a whole number.");
    }
    return Integer.valueOf(text.strip());
  }
}
