package dev.gatehouse.gateway.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key can be used for. */
public enum Endpoint {
  /** Chat completions. */
  CHAT,
  RESPONSES,
  /** Anthropic's Messages, the counting of tokens included. */
  MESSAGES,
  EMBEDDINGS,
  RERANK,
  /** The list of models. */
  MODELS;

  /** The word of the commands and the administration API. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The endpoint of this word. */
  public static Optional<Endpoint> find(String text) {
    return Arrays.stream(values()).filter(value -> value.text().equals(text)).findFirst();
  }
}
