package dev.gatehouse.provenance.attestation;

import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.RefusedException;
import dev.gatehouse.provenance.attestation.JsonText.JsonNumber;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object, each asked for as what it must be. */
final class JsonObject {
  /** As protobuf writes 64-bit integers, since JavaScript's numbers could not hold them. */
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final Map<String, @Nullable Object> members;
  private final String what;

  JsonObject(Map<String, @Nullable Object> members, String what) {
    this.members = members;
    this.what = what;
  }

  boolean has(String key) {
    return members.containsKey(key);
  }

  /** Refuses keys that nobody here understands: one of them could change what the rest means. */
  JsonObject only(String... keys) throws RefusedException {
    for (String key : members.keySet()) {
      if (!Set.of(keys).contains(key)) {
        throw new RefusedException(
            Reason.UNKNOWN_KEY, "%s has the unknown key %s".formatted(what, key));
      }
    }
    return this;
  }

  JsonObject object(String key) throws RefusedException {
    if (require(key) instanceof JsonObject object) {
      return object;
    }
    throw wrong(key, "an object");
  }

  String text(String key) throws RefusedException {
    if (require(key) instanceof String text) {
      return text;
    }
    throw wrong(key, "a text");
  }

  /** A text; null where it is null or not there. */
  @Nullable String textOrNull(String key) throws RefusedException {
    return members.get(key) == null ? null : text(key);
  }

  List<JsonObject> objects(String key) throws RefusedException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : list(key)) {
      if (!(element instanceof JsonObject object)) {
        throw wrong(key, "a list of objects");
      }
      objects.add(object);
    }
    return objects;
  }

  List<Octets> base64List(String key, int most) throws RefusedException {
    List<Octets> values = new ArrayList<>();
    for (Object element : list(key)) {
      if (!(element instanceof String text)) {
        throw wrong(key, "a list of texts");
      }
      values.add(decoded(key, text, most));
    }
    return values;
  }

  private List<?> list(String key) throws RefusedException {
    if (require(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list");
  }

  /** Refuses every version but 1, and a 1 that is written as anything else than that. */
  void requireVersion1() throws RefusedException {
    if (!(require("version") instanceof JsonNumber(String number))) {
      throw wrong("version", "a number");
    }
    if (!number.equals("1")) {
      throw new RefusedException(
          Reason.UNKNOWN_VERSION, "%s is of version %s, not 1".formatted(what, number));
    }
  }

  /** A number that is written as a text, not negative. */
  long decimal(String key) throws RefusedException {
    String text = text(key);
    if (!DECIMAL.matcher(text).matches()) {
      throw wrong(key, "a decimal number in a text");
    }
    return Long.parseLong(text);
  }

  /**
   * Base64 as an encoder writes it.
   *
   * @param most how many bytes it may stand for
   */
  Octets base64(String key, int most) throws RefusedException {
    return decoded(key, text(key), most);
  }

  private Octets decoded(String key, String text, int most) throws RefusedException {
    if (text.length() / 4L * 3 > most + 3L) {
      throw new RefusedException(
          Reason.OVERSIZED, "%s has more than %d bytes in %s".formatted(what, most, key));
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // Decoders pass over bits and padding that say nothing: two texts would be one value.
      if (bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return Octets.of(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw wrongBase64(key, e);
    }
    throw wrongBase64(key, null);
  }

  private RefusedException wrongBase64(String key, @Nullable Throwable cause) {
    String message = "%s has no Base64 in %s, or odd Base64".formatted(what, key);
    return cause == null
        ? new RefusedException(Reason.WRONG_ENCODING, message)
        : new RefusedException(Reason.WRONG_ENCODING, message, cause);
  }

  private Object require(String key) throws RefusedException {
    if (!members.containsKey(key)) {
      throw new RefusedException(Reason.MISSING_KEY, "%s lacks the key %s".formatted(what, key));
    }
    Object value = members.get(key);
    if (value == null) {
      throw wrong(key, "anything");
    }
    return value;
  }

  private RefusedException wrong(String key, String expected) {
    return new RefusedException(
        Reason.WRONG_TYPE, "%s of %s is not %s".formatted(key, what, expected));
  }
}
