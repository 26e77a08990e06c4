package dev.gatehouse.gateway.dialect;

import java.util.regex.Pattern;

/**
 * Where Azure OpenAI is asked what OpenAI is asked. The base address is the resource's, such as
 * {@code https://NAME.openai.azure.com}; the key travels in the header {@value #KEY_HEADER}. Bodies
 * are OpenAI's, with the deployment's name for the model's.
 *
 * @param apiVersion such as {@code 2024-10-21}; {@code v1}: the addresses without deployments,
 *     which need no version
 */
public record Azure(String apiVersion) {
  /** The header that holds the key. */
  public static final String KEY_HEADER = "api-key";

  /** The version that has no dates any more. */
  public static final String V1 = "v1";

  private static final Pattern VERSION = Pattern.compile("v1|\\d{4}-\\d{2}-\\d{2}(?:-preview)?");

  /** Checks the version. */
  public Azure {
    if (!VERSION.matcher(apiVersion).matches()) {
      throw new IllegalArgumentException(
          "Azure's API versions are dates such as 2024-10-21 or 2025-04-01-preview, or v1");
    }
  }

  /** What is asked. */
  public enum Operation {
    CHAT_COMPLETIONS("chat/completions"),
    EMBEDDINGS("embeddings"),
    /** Only ever without a deployment in its address: the body names it. */
    RESPONSES("responses");

    private final String path;

    Operation(String path) {
      this.path = path;
    }
  }

  /**
   * The path, with its query, after the base address.
   *
   * @param deployment encoded here, so that it can never lead elsewhere
   * @throws UntranslatableException where no deployment has that name
   */
  public String path(Operation operation, String deployment) throws UntranslatableException {
    String segment = UriText.segment(deployment, "model");
    if (apiVersion.equals(V1) || operation == Operation.RESPONSES) {
      return "/openai/v1/" + operation.path;
    }
    return "/openai/deployments/" + segment + '/' + operation.path + "?api-version=" + apiVersion;
  }
}
