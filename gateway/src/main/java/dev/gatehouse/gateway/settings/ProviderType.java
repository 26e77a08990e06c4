package dev.gatehouse.gateway.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which API a provider has. */
public enum ProviderType {
  /** OpenAI's, or any that is compatible with it. */
  OPENAI("https://api.openai.com/v1"),
  /** Azure OpenAI: addresses by deployment, the key in {@code api-key}. */
  AZURE(null),
  /** Anthropic's Messages. */
  ANTHROPIC("https://api.anthropic.com"),
  /** Google's Gemini, natively. */
  GEMINI("https://generativelanguage.googleapis.com"),
  /** Cohere's, version 2. */
  COHERE("https://api.cohere.com"),
  /** Amazon Bedrock's Converse. */
  BEDROCK(null),
  /** Mistral's: OpenAI's but for a few fields. */
  MISTRAL("https://api.mistral.ai/v1"),
  /** Ollama on this machine: OpenAI's, without a key. */
  OLLAMA("http://127.0.0.1:11434/v1");

  private final @Nullable String baseUrl;

  ProviderType(@Nullable String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Where such a provider is, unless the configuration says otherwise. */
  public Optional<URI> baseUrl() {
    return Optional.ofNullable(baseUrl).map(URI::create);
  }

  /** The word of the configuration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether chat completions are asked of it as they are. */
  public boolean speaksChatCompletions() {
    return switch (this) {
      case OPENAI, AZURE, MISTRAL, OLLAMA -> true;
      case ANTHROPIC, GEMINI, COHERE, BEDROCK -> false;
    };
  }

  /** The type of this word. */
  public static Optional<ProviderType> find(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }
}
