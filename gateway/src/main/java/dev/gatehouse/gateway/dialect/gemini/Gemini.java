package dev.gatehouse.gateway.dialect.gemini;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ProviderError;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.ProviderCall;
import dev.gatehouse.gateway.dialect.ProviderDialect;
import dev.gatehouse.gateway.dialect.UntranslatableException;
import dev.gatehouse.gateway.dialect.UriText;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Gemini's own format. The base address is {@code https://generativelanguage.googleapis.com}; the
 * key travels in the header {@value #KEY_HEADER}, never in the query.
 */
public final class Gemini implements ProviderDialect {
  /** The header that holds the key. */
  public static final String KEY_HEADER = "x-goog-api-key";

  @Override
  public ProviderCall write(Conversation conversation, String model)
      throws UntranslatableException {
    String method = conversation.streamed() ? ":streamGenerateContent?alt=sse" : ":generateContent";
    return new ProviderCall(
        path(model) + method, Map.of(), GeminiRequest.write(conversation, model));
  }

  @Override
  public Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    return GeminiAnswer.read(answer, model);
  }

  @Override
  public AnswerReader stream(String model) {
    return new GeminiStream(model);
  }

  @Override
  public ProviderError error(int status, byte[] body) {
    return GeminiErrors.read(status, body);
  }

  /**
   * A model's path. It may be named with its folder, as {@code tunedModels/mine}.
   *
   * @throws UntranslatableException where no model has that name
   */
  public static String path(String model) throws UntranslatableException {
    String name = name(model);
    int slash = name.indexOf('/');
    return "/v1beta/"
        + name.substring(0, slash + 1)
        + UriText.segment(name.substring(slash + 1), "model");
  }

  /**
   * A model's name with its folder, as requests hold it.
   *
   * @throws UntranslatableException where no model has that name
   */
  static String name(String model) throws UntranslatableException {
    int slash = model.indexOf('/');
    String folder = slash < 0 ? "models" : model.substring(0, slash);
    if (!folder.equals("models") && !folder.equals("tunedModels")) {
      throw new UntranslatableException("model", "Gemini has no model named '" + model + "'");
    }
    return folder + '/' + model.substring(slash + 1);
  }
}
