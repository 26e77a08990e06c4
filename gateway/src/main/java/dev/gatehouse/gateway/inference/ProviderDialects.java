package dev.gatehouse.gateway.inference;

import dev.gatehouse.gateway.dialect.ChatCompletions;
import dev.gatehouse.gateway.dialect.Messages;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import dev.gatehouse.gateway.dialect.bedrock.BedrockConverse;
import dev.gatehouse.gateway.dialect.cohere.Cohere;
import dev.gatehouse.gateway.dialect.gemini.Gemini;
import dev.gatehouse.gateway.settings.ProviderType;

/** In which format each type of provider is asked for an answer to a conversation. */
final class ProviderDialects {
  private ProviderDialects() {}

  static ProviderDialect of(ProviderType type) {
    return switch (type) {
      case OPENAI, AZURE -> ChatCompletions.OPENAI;
      case MISTRAL, OLLAMA -> ChatCompletions.COMPATIBLE;
      case ANTHROPIC -> new Messages();
      case BEDROCK -> new BedrockConverse();
      case GEMINI -> new Gemini();
      case COHERE -> new Cohere();
    };
  }
}
