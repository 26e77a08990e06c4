package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.conversation.ProviderError.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes an error of whatever a provider sent as one: OpenAI's, Anthropic's and like shapes, pages
 * of HTML, nothing at all. Texts are cleaned, cut to {@value #LONGEST} characters, and rid of what
 * looks like a key: some providers repeat the one that they refused.
 */
public final class ErrorBodies {
  private static final int LONGEST = 1000;
  private static final int MOST_BYTES = 64 << 10;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\s]+");
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]{0,200}>([^<]{1,200})</title>", Pattern.CASE_INSENSITIVE);
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(?:(?:sk|pk|rk|gsk|xai|key)[-_]|AIza|AKIA|Bearer )[A-Za-z0-9*._-]{8,}"
              + "|[A-Za-z0-9_-]*\\*{3,}[A-Za-z0-9_*-]*");

  private static final Set<String> SPENT =
      Set.of(
          "insufficient_quota",
          "billing_error",
          "billing_hard_limit_reached",
          "billing_not_active",
          "budget_exceeded",
          "credit_balance_too_low",
          "insufficient_balance",
          "spend_limit_reached");
  private static final Pattern SPENT_TEXT =
      Pattern.compile(
          "credit balance is too low|exceeded your current quota|insufficient (?:balance|credits|funds)"
              + "|api usage limits|billing hard limit|spending? (?:limit|cap)");
  private static final Pattern LENGTH_TEXT =
      Pattern.compile(
          "prompt is too long|maximum context length|context window|context length|too many input tokens");

  private ErrorBodies() {}

  /** Reads the body of an answer whose status is an error's. */
  public static ProviderError read(int status, byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, MOST_BYTES), StandardCharsets.UTF_8).strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return read(status, LimitedJson.answer(body));
      } catch (MalformedAnswerException e) {
        return plain(status, "and a body that is cut off or not JSON");
      }
    }
    if (text.startsWith("<")) {
      Matcher title = TITLE.matcher(text);
      return plain(status, title.find() ? "and a page: " + title.group(1) : "and a page of HTML");
    }
    return text.isEmpty()
        ? plain(status, "and nothing that says why")
        : error(status, null, null, null, text);
  }

  /**
   * Reads an error that is JSON.
   *
   * @param status 0 where none came with it, as within a stream
   */
  public static ProviderError read(int status, JsonNode body) {
    JsonNode top = body.isArray() && !body.isEmpty() ? body.get(0) : body;
    JsonNode error = top.path("error").isObject() ? top.path("error") : top;
    String message = first(error, "message", "detail", "error_message", "Message");
    if (message == null) {
      message = first(top, "error", "message", "detail");
    }
    String type = first(error, "type", "status");
    String code = first(error, "code");
    if (message == null) {
      return code == null && type == null
          ? plain(status, "and nothing that says why")
          : error(
              status, type, code, first(error, "param"), "The provider says no more than that.");
    }
    return error(status, type, code, first(error, "param"), message);
  }

  private static @Nullable String first(JsonNode node, String... names) {
    for (String name : names) {
      JsonNode value = node.path(name);
      if (value.isString() && !value.stringValue().isBlank()) {
        return value.stringValue();
      }
    }
    return null;
  }

  private static ProviderError plain(int status, String what) {
    return error(
        status,
        null,
        null,
        null,
        "The provider answered with status %d %s.".formatted(status, what));
  }

  private static ProviderError error(
      int status,
      @Nullable String type,
      @Nullable String code,
      @Nullable String field,
      String message) {
    Kind kind = kind(status, type, code, message);
    return new ProviderError(
        status == 0 ? status(kind) : status,
        kind,
        code != null ? cleaned(code) : type != null ? cleaned(type) : null,
        field == null ? null : cleaned(field),
        cleaned(message));
  }

  static String cleaned(String text) {
    String line = CONTROL.matcher(cut(text, 4 * LONGEST)).replaceAll(" ").strip();
    String safe = KEY.matcher(line).replaceAll("[key]");
    return safe.length() <= LONGEST ? safe : cut(safe, LONGEST - 1) + "…";
  }

  /** Cuts between characters, never within a surrogate pair. */
  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end);
  }

  private static Kind kind(
      int status, @Nullable String type, @Nullable String code, String message) {
    String small = message.toLowerCase(Locale.ROOT);
    boolean asked = status == 0 || (status >= 400 && status < 500);
    if (status == 402
        || (type != null && SPENT.contains(type))
        || (code != null && SPENT.contains(code))
        || (asked && SPENT_TEXT.matcher(small).find())) {
      return Kind.OUT_OF_CREDIT;
    }
    if ("context_length_exceeded".equals(code)
        || ((status == 0 || status == 400 || status == 413) && LENGTH_TEXT.matcher(small).find())) {
      return Kind.CONTEXT_LENGTH;
    }
    if ("content_filter".equals(code)
        || "content_policy_violation".equals(code)
        // Anthropic has no word for it but its message.
        || (asked && small.contains("content filtering policy"))
        || "content_policy_violation".equals(type)) {
      return Kind.CONTENT_POLICY;
    }
    if ("overloaded_error".equals(type) || status == 529 || status == 503) {
      return Kind.OVERLOADED;
    }
    return status == 0 ? ofType(type, code) : ofStatus(status);
  }

  private static Kind ofType(@Nullable String type, @Nullable String code) {
    if ("rate_limit_exceeded".equals(code)) {
      return Kind.RATE_LIMIT;
    }
    return switch (type == null ? "" : type) {
      case "invalid_request_error" -> Kind.INVALID_REQUEST;
      case "authentication_error" -> Kind.AUTHENTICATION;
      case "permission_error" -> Kind.PERMISSION;
      case "not_found_error" -> Kind.NOT_FOUND;
      case "request_too_large" -> Kind.TOO_LARGE;
      case "rate_limit_error", "tokens", "requests" -> Kind.RATE_LIMIT;
      case "timeout_error" -> Kind.TIMEOUT;
      default -> Kind.SERVER;
    };
  }

  private static Kind ofStatus(int status) {
    return switch (status) {
      case 401 -> Kind.AUTHENTICATION;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 413 -> Kind.TOO_LARGE;
      case 408, 504 -> Kind.TIMEOUT;
      case 429 -> Kind.RATE_LIMIT;
      default -> status >= 400 && status < 500 ? Kind.INVALID_REQUEST : Kind.SERVER;
    };
  }

  /** The status that stands for a kind where the provider named none. */
  static int status(Kind kind) {
    return switch (kind) {
      case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_POLICY -> 400;
      case AUTHENTICATION -> 401;
      case OUT_OF_CREDIT -> 402;
      case PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case TOO_LARGE -> 413;
      case RATE_LIMIT -> 429;
      case SERVER -> 500;
      case OVERLOADED -> 503;
      case TIMEOUT -> 504;
    };
  }
}
