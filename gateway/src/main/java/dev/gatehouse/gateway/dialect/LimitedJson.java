package dev.gatehouse.gateway.dialect;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON (RFC 8259) of strangers as a tree: at most {@value #DEEPEST} deep, each key of an object
 * once, numbers exact and of at most {@value #LONGEST_NUMBER} characters. How long a whole text may
 * be is for who gathers it to bound.
 */
public final class LimitedJson {
  private static final int DEEPEST = 128;
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_NAME = 4096;

  /** JSON bounds no exponent; {@link java.math.BigDecimal} does, in an exception of its own. */
  private static final String NO_NUMBER = "has a number whose exponent is too large";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          // An image or a document is one string.
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectReader TREE = MAPPER.readerFor(JsonNode.class);

  private LimitedJson() {}

  /**
   * Reads what a client sent.
   *
   * @throws UntranslatableException where it is no JSON, or beyond a limit
   */
  public static JsonNode request(byte[] body) throws UntranslatableException {
    try {
      return TREE.readValue(body);
    } catch (JacksonException e) {
      throw new UntranslatableException("", "The body " + fault(e) + ". Send one JSON object.");
    } catch (NumberFormatException e) {
      throw new UntranslatableException("", "The body " + NO_NUMBER + ". Send another.");
    }
  }

  /**
   * Reads what a provider sent.
   *
   * @throws MalformedAnswerException where it is no JSON, or beyond a limit
   */
  public static JsonNode answer(byte[] body) throws MalformedAnswerException {
    try {
      return TREE.readValue(body);
    } catch (JacksonException e) {
      throw new MalformedAnswerException("the provider's answer " + fault(e));
    } catch (NumberFormatException e) {
      throw new MalformedAnswerException("the provider's answer " + NO_NUMBER);
    }
  }

  /**
   * Reads what a provider sent.
   *
   * @throws MalformedAnswerException where it is no JSON, or beyond a limit
   */
  public static JsonNode answer(String text) throws MalformedAnswerException {
    return answer(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Writes compact text. */
  public static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** Writes compact text in UTF-8; half a surrogate pair, which has no UTF-8, becomes {@code ?}. */
  public static byte[] bytes(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  /** Says what is wrong and where; quotes nothing. */
  private static String fault(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return "goes beyond a limit: it may nest %d deep, with names of %d and numbers of %d characters"
          .formatted(DEEPEST, LONGEST_NAME, LONGEST_NUMBER);
    }
    TokenStreamLocation at = e.getLocation();
    String where =
        at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    return "is not JSON, or names a key twice" + where;
  }
}
