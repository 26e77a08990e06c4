package dev.gatehouse.gateway.settings;

import dev.gatehouse.gateway.secret.KeyReference;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider and the one place that its key may be sent to.
 *
 * @param name how models and people call it
 * @param baseUrl what every address of it begins with, without a slash at the end
 * @param key null: it needs none
 * @param timeout how long its whole answer may take; of a streamed one, each silence in it
 * @param privateAddress whether it may lie at a private address
 * @param apiVersion Azure's {@code api-version}; null: the type's own
 * @param streamUsage whether it understands being asked for the usage of a streamed answer
 * @param aws where and as whom Bedrock is asked; null for all other types
 * @param organization OpenAI's {@code OpenAI-Organization}; null: the key's own
 * @param project OpenAI's {@code OpenAI-Project}; null: the key's own
 */
public record ProviderSettings(
    String name,
    ProviderType type,
    URI baseUrl,
    @Nullable KeyReference key,
    Duration timeout,
    boolean privateAddress,
    @Nullable String apiVersion,
    boolean streamUsage,
    @Nullable Aws aws,
    @Nullable String organization,
    @Nullable String project) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * @param sessionToken of temporary credentials; null: they are lasting ones
   */
  public record Aws(
      String region,
      KeyReference accessKeyId,
      KeyReference secretAccessKey,
      @Nullable KeyReference sessionToken) {}

  public ProviderSettings {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a provider's name has 1 to 64 letters, digits, dots, dashes or underscores");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a time-out is positive");
    }
    if ((type == ProviderType.BEDROCK) != (aws != null)) {
      throw new IllegalArgumentException("Bedrock, and only Bedrock, has a region");
    }
  }

  /** Whether a provider may be called so. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
