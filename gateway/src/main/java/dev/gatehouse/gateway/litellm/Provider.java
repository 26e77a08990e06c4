package dev.gatehouse.gateway.litellm;

import dev.gatehouse.yaml.Yaml;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code [[gateway.provider]]}. Two deployments have the same one where all of this is the same.
 *
 * @param prefix what LiteLLM calls the vendor; the name is made of it
 * @param baseUrl an address, or a reference to a variable; null where it is the type's own
 * @param key a reference, of Bedrock to the secret access key; {@code none} where there is no key
 * @param literal a key that stands in the YAML: only to tell two of them apart
 * @param accessKeyId of AWS, a reference; where it stands in the YAML, it becomes a variable that
 *     is named for the provider
 */
record Provider(
    String prefix,
    String type,
    @Nullable String baseUrl,
    boolean isPrivate,
    String key,
    Literal literal,
    @Nullable String accessKeyId,
    @Nullable String sessionToken,
    @Nullable String apiVersion,
    @Nullable String organization,
    @Nullable String region) {

  /** The reference to a key that {@code gatehouse gateway provider set-key} stores. */
  static final String STORED = "stored";

  /** What stands in the place of a reference where a server wants no key. */
  static final String NO_KEY = "none";

  /**
   * What it is called, but for a number. A compatible server is not called {@code openai}: clients
   * that ask for {@code openai/MODEL} mean OpenAI.
   */
  String baseName() {
    boolean elsewhere = prefix.equals(Vendor.OPENAI) && baseUrl != null;
    return elsewhere ? "openai-compatible" : prefix.replace('_', '-');
  }

  /** The reference to the access key's id; null where there is none. */
  @Nullable String accessKeyIdOf(String name) {
    return STORED.equals(accessKeyId)
        ? "env:" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_ACCESS_KEY_ID"
        : accessKeyId;
  }

  boolean isStored() {
    return STORED.equals(key);
  }

  /** A secret that stands in the YAML: it can be found and compared, and not printed. */
  static final class Literal {
    private final String value;
    private final Yaml.@Nullable Place at;

    private Literal(String value, Yaml.@Nullable Place at) {
      this.value = value;
      this.at = at;
    }

    static Literal none() {
      return new Literal("", null);
    }

    static Literal of(Yaml.Scalar scalar) {
      return new Literal(scalar.text(), scalar.at());
    }

    Yaml.@Nullable Place at() {
      return at;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Literal literal && literal.value.equals(value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }

    @Override
    public String toString() {
      return "(secret)";
    }
  }
}
