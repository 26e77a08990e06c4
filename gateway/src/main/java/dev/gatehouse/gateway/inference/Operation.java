package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.dialect.ChatCompletions;
import dev.gatehouse.gateway.dialect.ClientDialect;
import dev.gatehouse.gateway.dialect.Messages;
import dev.gatehouse.gateway.dialect.Responses;
import dev.gatehouse.gateway.key.Endpoint;
import dev.gatehouse.gateway.settings.ProviderType;

/** What a client can ask, by the vendors' endpoints. */
enum Operation {
  CHAT_COMPLETIONS,
  RESPONSES,
  MESSAGES,
  COUNT_TOKENS,
  EMBEDDINGS,
  RERANK;

  private static final ClientDialect CHAT = ChatCompletions.OPENAI;
  private static final ClientDialect OPENAI_RESPONSES = new Responses();
  private static final ClientDialect ANTHROPIC = new Messages();

  /** The format of its errors, and of its answers where they are a conversation's. */
  ClientDialect dialect() {
    return switch (this) {
      case CHAT_COMPLETIONS, EMBEDDINGS, RERANK -> CHAT;
      case RESPONSES -> OPENAI_RESPONSES;
      case MESSAGES, COUNT_TOKENS -> ANTHROPIC;
    };
  }

  /** What a key must be for. */
  Endpoint endpoint() {
    return switch (this) {
      case CHAT_COMPLETIONS -> Endpoint.CHAT;
      case RESPONSES -> Endpoint.RESPONSES;
      case MESSAGES, COUNT_TOKENS -> Endpoint.MESSAGES;
      case EMBEDDINGS -> Endpoint.EMBEDDINGS;
      case RERANK -> Endpoint.RERANK;
    };
  }

  /** Whether a provider of this type is asked in the client's own words. */
  boolean isNativeTo(ProviderType type) {
    return switch (this) {
      case CHAT_COMPLETIONS -> type.speaksChatCompletions();
      case RESPONSES -> type == ProviderType.OPENAI || type == ProviderType.AZURE;
      case EMBEDDINGS -> type.speaksChatCompletions();
      case RERANK -> type == ProviderType.OPENAI;
      case MESSAGES, COUNT_TOKENS -> type == ProviderType.ANTHROPIC;
    };
  }
}
