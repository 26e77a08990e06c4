package dev.gatehouse.gateway.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads what an answer took, and whether a stream came to its end, out of an answer that is passed
 * on as it came, whichever vendor's it is. Of a stream, only the events that speak of usage are
 * read as JSON; the others are passed over once, by their bytes.
 */
final class WireUsage {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final int BYTES_A_TOKEN = 4;

  /** Most of an event is its frame. */
  private static final int BYTES_A_TOKEN_OF_EVENTS = 200;

  private static final byte[] DATA = ascii("data:");
  private static final byte[] DONE = ascii("[DONE]");
  private static final byte[] USAGE = ascii("\"usage\"");
  private static final byte[] FINISH_REASON = ascii("\"finish_reason\"");
  private static final byte[] STOP_REASON = ascii("\"stop_reason\"");
  private static final byte[] TYPE = ascii("\"type\"");
  private static final byte[] ERROR = ascii("\"error\"");

  /** The types of events after which no more comes of a message or a response. */
  private static final List<byte[]> LAST =
      List.of(
          ascii("\"message_stop\""),
          ascii("\"response.completed\""),
          ascii("\"response.incomplete\""),
          ascii("\"response.failed\""),
          ERROR);

  private @Nullable Usage usage;

  /** Whether that is what Anthropic says at the beginning, of an answer that is still to come. */
  private boolean isOfBeginning;

  private long seenTokens;
  private boolean isEnded;

  /** What it took; empty: the provider did not say. */
  Optional<Usage> usage() {
    return Optional.ofNullable(usage);
  }

  /** What is known so far. */
  Outcome.Took took() {
    return new Outcome.Took(usage != null && isOfBeginning ? withSeen(usage) : usage, seenTokens);
  }

  private Usage withSeen(Usage begun) {
    return new Usage(
        begun.input(),
        begun.cacheRead(),
        begun.cacheWritten(),
        begun.cacheWrittenLong(),
        Math.max(begun.output(), seenTokens),
        begun.thinking());
  }

  /**
   * Looks at a whole answer. It is read to its end, so that a client never gets half of one, but no
   * tree is made of more than its usage: embeddings have thousands of numbers.
   *
   * @throws MalformedAnswerException where it is no JSON object
   */
  void whole(byte[] body) throws MalformedAnswerException {
    seenTokens += body.length / BYTES_A_TOKEN;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswerException("the provider's answer is no JSON object");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken value = parser.nextToken();
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        parser.skipChildren();
        if (name.equals("usage") && value == JsonToken.START_OBJECT) {
          int to = Math.toIntExact(parser.currentLocation().getByteOffset());
          take(LimitedJson.answer(Arrays.copyOfRange(body, from, to)));
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new MalformedAnswerException("the provider's answer is not one JSON object");
      }
    } catch (JacksonException e) {
      throw new MalformedAnswerException("the provider's answer is not JSON");
    }
  }

  /**
   * Whether a stream has come to its end: it said that it has, why the answer stops, or what went
   * wrong. Not every server sends {@code [DONE]}.
   */
  boolean isEnded() {
    return isEnded;
  }

  /**
   * Looks at an event.
   *
   * @return whether it tells of usage and nothing else: the chunk that a client of chat completions
   *     gets only where it asked for it
   */
  boolean event(byte[] bytes, int from, int to) {
    // Vendors send a token an event, or a few.
    seenTokens += Math.max(1, (to - from) / BYTES_A_TOKEN_OF_EVENTS);
    return tellsOfUsage(bytes, from, to) && isUsageAlone(bytes, from, to);
  }

  /** Looks for words in quotation marks, which no text of an answer can have in it unescaped. */
  private boolean tellsOfUsage(byte[] bytes, int from, int to) {
    boolean tells = false;
    boolean isJson = false;
    for (int i = from; i < to - 1; i++) {
      if (bytes[i] == '"') {
        isJson = true;
        switch (bytes[i + 1]) {
          case 'u' -> tells |= isAt(bytes, i, to, USAGE);
          case 'f' -> isEnded |= isText(bytes, value(bytes, i, to, FINISH_REASON), to);
          case 's' -> isEnded |= isText(bytes, value(bytes, i, to, STOP_REASON), to);
          case 't' -> isEnded |= isLast(bytes, value(bytes, i, to, TYPE), to);
          case 'e' -> isEnded |= isObject(bytes, value(bytes, i, to, ERROR), to);
          default -> {
            // Any other word.
          }
        }
      }
    }
    isEnded |= !isJson && indexOf(bytes, from, to, DONE) >= 0;
    return tells;
  }

  /** Where the value of this key begins; {@code to}: it does not stand here. */
  private static int value(byte[] bytes, int at, int to, byte[] key) {
    if (!isAt(bytes, at, to, key)) {
      return to;
    }
    int colon = afterBlanks(bytes, at + key.length, to);
    return colon < to && bytes[colon] == ':' ? afterBlanks(bytes, colon + 1, to) : to;
  }

  private static int afterBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  /** Some servers give a reason with each chunk, and an empty one until the last. */
  private static boolean isText(byte[] bytes, int at, int to) {
    return at < to - 1 && bytes[at] == '"' && bytes[at + 1] != '"';
  }

  private static boolean isObject(byte[] bytes, int at, int to) {
    return at < to && bytes[at] == '{';
  }

  private static boolean isLast(byte[] bytes, int at, int to) {
    return LAST.stream().anyMatch(type -> isAt(bytes, at, to, type));
  }

  private boolean isUsageAlone(byte[] bytes, int from, int to) {
    int data = indexOf(bytes, from, to, DATA);
    if (data < 0) {
      return false;
    }
    try {
      JsonNode event = LimitedJson.answer(Arrays.copyOfRange(bytes, data + DATA.length, to));
      read(event);
      return event.path("choices").isArray()
          && event.path("choices").isEmpty()
          && event.path("usage").isObject();
    } catch (MalformedAnswerException e) {
      // The client is given it as it is; whether it can read it is between it and the provider.
      return false;
    }
  }

  private void read(JsonNode answer) {
    JsonNode found =
        answer.path("usage").isObject()
            ? answer.path("usage")
            : answer.path("response").path("usage").isObject()
                ? answer.path("response").path("usage")
                : answer.path("message").path("usage");
    if (found.isObject()) {
      take(found);
      isOfBeginning = answer.path("message").path("usage").isObject();
    }
  }

  private void take(JsonNode found) {
    usage = found.has("prompt_tokens") ? chat(found) : inputOutput(found);
  }

  /** Chat completions and embeddings. */
  private static Usage chat(JsonNode usage) {
    return new Usage(
        count(usage, "prompt_tokens"),
        count(usage.path("prompt_tokens_details"), "cached_tokens"),
        count(usage.path("prompt_tokens_details"), "cache_write_tokens"),
        count(usage, "completion_tokens"),
        count(usage.path("completion_tokens_details"), "reasoning_tokens"));
  }

  /**
   * Responses, whose input contains what was cached, and Anthropic's messages, whose does not and
   * whose later events repeat only some of the numbers.
   */
  private Usage inputOutput(JsonNode found) {
    Usage before = usage == null ? Usage.NONE : usage;
    if (found.has("input_tokens_details")) {
      return new Usage(
          count(found, "input_tokens"),
          count(found.path("input_tokens_details"), "cached_tokens"),
          count(found.path("input_tokens_details"), "cache_write_tokens"),
          count(found, "output_tokens"),
          count(found.path("output_tokens_details"), "reasoning_tokens"));
    }
    long read = later(found, "cache_read_input_tokens", before.cacheRead());
    long written = later(found, "cache_creation_input_tokens", before.cacheWritten());
    long longer =
        later(found.path("cache_creation"), "ephemeral_1h_input_tokens", before.cacheWrittenLong());
    long fresh =
        later(found, "input_tokens", before.input() - before.cacheRead() - before.cacheWritten());
    return new Usage(
        fresh + read + written,
        read,
        written,
        longer,
        later(found, "output_tokens", before.output()),
        later(found.path("output_tokens_details"), "thinking_tokens", before.thinking()));
  }

  private static long later(JsonNode usage, String name, long before) {
    return usage.path(name).isIntegralNumber() ? count(usage, name) : before;
  }

  /** A provider's number is a stranger's: not below nothing, and small enough to be added up. */
  private static long count(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isIntegralNumber() && value.canConvertToInt() ? Math.max(0, value.intValue()) : 0;
  }

  private static int indexOf(byte[] bytes, int from, int to, byte[] word) {
    for (int i = from; i <= to - word.length; i++) {
      if (bytes[i] == word[0] && isAt(bytes, i, to, word)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] bytes, int at, int to, byte[] word) {
    return at <= to - word.length
        && Arrays.equals(bytes, at, at + word.length, word, 0, word.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
