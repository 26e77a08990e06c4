package dev.gatehouse.provenance.attestation;

import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** One JSON object, read so that every reader of it must have understood the same. */
final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // Attestations are six deep; GitHub's SLSA predicates bring it to eight.
                  .maxNestingDepth(32)
                  .maxStringLength(AttestationLimits.DOCUMENT)
                  .maxNameLength(1_024)
                  .maxNumberLength(32)
                  .build())
          .build();

  private final JsonParser json;
  private final String what;

  private JsonText(JsonParser json, String what) {
    this.json = json;
    this.what = what;
  }

  /**
   * Reads one object to its end.
   *
   * @param what it is, for messages: "the statement"
   * @param most how many bytes it may have
   */
  static JsonObject read(byte[] bytes, String what, int most) throws RefusedException {
    if (bytes.length > most) {
      throw new RefusedException(
          Reason.OVERSIZED, "%s has more than %d KiB".formatted(what, most / 1024));
    }
    String text = text(bytes, what);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new JsonText(parser, what).whole();
    } catch (StreamConstraintsException e) {
      throw new RefusedException(
          Reason.OVERSIZED, "%s is beyond a limit: %s".formatted(what, e.getOriginalMessage()), e);
    } catch (JacksonException e) {
      if (String.valueOf(e.getOriginalMessage()).startsWith("Unexpected end-of-input")) {
        throw new RefusedException(Reason.TRUNCATED, what + " ends in the middle", e);
      }
      throw new RefusedException(
          Reason.NOT_JSON, "%s is not JSON: %s".formatted(what, e.getOriginalMessage()), e);
    }
  }

  private static String text(byte[] bytes, String what) throws RefusedException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("\ufeff")) {
        throw new RefusedException(
            Reason.WRONG_ENCODING, what + " begins with a byte order mark (RFC 8259, 8.1)");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new RefusedException(Reason.WRONG_ENCODING, what + " is not UTF-8", e);
    }
  }

  private JsonObject whole() throws RefusedException {
    JsonToken first = json.nextToken();
    if (first == null) {
      throw new RefusedException(Reason.TRUNCATED, what + " is empty");
    }
    if (first != JsonToken.START_OBJECT) {
      throw new RefusedException(Reason.WRONG_TYPE, what + " is not a JSON object");
    }
    JsonObject object = object();
    boolean more;
    try {
      more = json.nextToken() != null;
    } catch (JacksonException e) {
      throw new RefusedException(
          Reason.TRAILING_CONTENT, "something follows the end of " + what, e);
    }
    if (more) {
      throw new RefusedException(Reason.TRAILING_CONTENT, "something follows the end of " + what);
    }
    return object;
  }

  private JsonObject object() throws RefusedException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      Object value = value();
      if (members.containsKey(name)) {
        throw new RefusedException(
            Reason.DUPLICATE_KEY, "%s has the key %s twice".formatted(what, name));
      }
      members.put(name, value);
    }
    if (!json.hasToken(JsonToken.END_OBJECT)) {
      throw new RefusedException(Reason.NOT_JSON, what + " is not JSON");
    }
    return new JsonObject(members, what);
  }

  private List<@Nullable Object> array() throws RefusedException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return elements;
  }

  private @Nullable Object value() throws RefusedException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(json.getString());
      case null, default -> throw new RefusedException(Reason.NOT_JSON, what + " is not JSON");
    };
  }

  /** A number as it was written: what it means is for whoever asks. */
  record JsonNumber(String text) {}
}
