package dev.gatehouse.gateway.dialect;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes fields out of a provider's answer. Those that nobody asks for are passed over. */
public final class AnswerFields {
  private AnswerFields() {}

  /** A text; null where there is none. */
  public static @Nullable String text(JsonNode of, String name) {
    JsonNode value = of.path(name);
    return value.isString() ? value.stringValue() : null;
  }

  /**
   * A text.
   *
   * @throws MalformedAnswerException where there is none
   */
  public static String needText(JsonNode of, String name) throws MalformedAnswerException {
    String text = text(of, name);
    if (text == null) {
      throw new MalformedAnswerException("the provider's answer lacks the text '" + name + "'");
    }
    return text;
  }

  /**
   * An object.
   *
   * @throws MalformedAnswerException where there is none
   */
  public static JsonNode needObject(JsonNode of, String name) throws MalformedAnswerException {
    JsonNode value = of.path(name);
    if (!value.isObject()) {
      throw new MalformedAnswerException("the provider's answer lacks the object '" + name + "'");
    }
    return value;
  }

  /**
   * A number of things.
   *
   * @throws MalformedAnswerException where there is none, or one beyond an {@code int}'s range
   */
  public static long needCount(JsonNode of, String name) throws MalformedAnswerException {
    if (!of.path(name).isNumber()) {
      throw new MalformedAnswerException("the provider's answer lacks the number '" + name + "'");
    }
    return count(of, name);
  }

  /**
   * A number of things; 0 where there is none. Cohere writes them with a fraction of 0.
   *
   * @throws MalformedAnswerException where it is negative or beyond an {@code int}'s range
   */
  public static long count(JsonNode of, String name) throws MalformedAnswerException {
    JsonNode value = of.path(name);
    if (!value.isNumber()) {
      return 0;
    }
    BigDecimal count = value.decimalValue();
    if (count.signum() < 0 || count.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      throw new MalformedAnswerException("the provider's answer counts '" + name + "' wrongly");
    }
    return count.longValue();
  }

  /** A text; null where there is none, or an empty one. */
  static @Nullable String word(JsonNode of, String name) {
    String text = text(of, name);
    return text == null || text.isEmpty() ? null : text;
  }

  /** A number of tokens; 0 where there is none. */
  static long tokens(JsonNode of, String name) {
    return tokens(of, name, 0);
  }

  static long tokens(JsonNode of, String name, long otherwise) {
    JsonNode value = of.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Math.max(0, value.longValue())
        : otherwise;
  }

  static int index(JsonNode of, String name, int otherwise) {
    JsonNode value = of.path(name);
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0
        ? value.intValue()
        : otherwise;
  }
}
