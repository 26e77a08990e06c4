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
}
