package dev.gatehouse.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.Part;
import dev.gatehouse.gateway.conversation.StopReason;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.dialect.AnswerFields;
import dev.gatehouse.gateway.dialect.LimitedJson;
import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a GenerateContentResponse, and what a stream's pieces have in common with it. */
final class GeminiAnswer {
  private GeminiAnswer() {}

  static Answer read(JsonNode answer, String model) throws MalformedAnswerException {
    List<Answer.Choice> choices = new ArrayList<>();
    for (JsonNode candidate : answer.path("candidates")) {
      choices.add(choice(answer, candidate, choices.size()));
    }
    if (choices.isEmpty()) {
      if (!isBlocked(answer)) {
        throw new MalformedAnswerException("the provider's answer has no candidates");
      }
      choices.add(new Answer.Choice(List.of(), StopReason.FILTERED, null));
    }
    return new Answer(
        id(answer), model(answer, model), choices, usage(answer.path("usageMetadata")));
  }

  private static Answer.Choice choice(JsonNode answer, JsonNode candidate, int number)
      throws MalformedAnswerException {
    List<Part> parts = new ArrayList<>();
    int calls = 0;
    for (JsonNode part : candidate.path("content").path("parts")) {
      String signature = AnswerFields.text(part, "thoughtSignature");
      if (part.has("functionCall")) {
        JsonNode call = part.get("functionCall");
        parts.add(
            new Part.ToolCall(
                callId(call, id(answer), number, calls++),
                AnswerFields.needText(call, "name"),
                arguments(call),
                signature));
      } else if (isThought(part)) {
        parts.add(new Part.Thought(text(part), signature));
      } else {
        String text = text(part);
        if (!text.isEmpty()) {
          parts.add(new Part.Text(text));
        }
        if (signature != null) {
          parts.add(new Part.Thought("", signature));
        }
      }
    }
    return new Answer.Choice(
        parts, stop(AnswerFields.needText(candidate, "finishReason"), calls > 0), null);
  }

  static String id(JsonNode answer) {
    String id = AnswerFields.text(answer, "responseId");
    return id == null ? "" : id;
  }

  static String model(JsonNode answer, String model) {
    String version = AnswerFields.text(answer, "modelVersion");
    return version == null ? model : version;
  }

  /** Whether the question was refused, so that there is no answer. */
  static boolean isBlocked(JsonNode answer) {
    return AnswerFields.text(answer.path("promptFeedback"), "blockReason") != null;
  }

  static boolean isThought(JsonNode part) {
    return part.path("thought").isBoolean() && part.path("thought").booleanValue();
  }

  /** A part's text; none where it is only there for its signature. */
  static String text(JsonNode part) throws MalformedAnswerException {
    if (part.has("text")) {
      return AnswerFields.needText(part, "text");
    }
    if (part.has("thoughtSignature") && part.size() == 1) {
      return "";
    }
    throw new MalformedAnswerException(
        "the answer has a part that is neither text nor thought nor a tool's call");
  }

  static String arguments(JsonNode call) throws MalformedAnswerException {
    return call.hasNonNull("args") ? LimitedJson.text(AnswerFields.needObject(call, "args")) : "{}";
  }

  /**
   * A call's id. Gemini leaves it out at times; clients find a result's call by it, so that one is
   * made which no other call of the conversation has, and which is the same each time the same
   * answer is read.
   */
  static String callId(JsonNode call, String answerId, int choice, int number)
      throws MalformedAnswerException {
    String given = AnswerFields.text(call, "id");
    if (given != null && !given.isEmpty()) {
      return given;
    }
    String all =
        String.join(
            "\n",
            answerId,
            String.valueOf(choice),
            String.valueOf(number),
            AnswerFields.needText(call, "name"),
            arguments(call));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8));
      return "call_" + HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  static StopReason stop(String reason, boolean called) throws MalformedAnswerException {
    String error = error(reason);
    if (error != null) {
      throw new MalformedAnswerException(error);
    }
    return switch (reason) {
      case "STOP" -> called ? StopReason.TOOL_CALLS : StopReason.END;
      case "MAX_TOKENS" -> StopReason.LENGTH;
      // SAFETY, RECITATION, BLOCKLIST, PROHIBITED_CONTENT, SPII, LANGUAGE, those of images, OTHER,
      // and whatever else may cut an answer short.
      default -> StopReason.FILTERED;
    };
  }

  /** What is wrong where a reason says that the model failed; null: it did not. */
  static @Nullable String error(String reason) {
    return switch (reason) {
      case "MALFORMED_FUNCTION_CALL",
          "UNEXPECTED_TOOL_CALL",
          "TOO_MANY_TOOL_CALLS",
          "MISSING_THOUGHT_SIGNATURE",
          "MALFORMED_RESPONSE" ->
          "Gemini says that what the model wrote is malformed";
      default -> null;
    };
  }

  /** Gemini counts thoughts beside the answer, and a tool's results beside the prompt. */
  static Usage usage(JsonNode usage) throws MalformedAnswerException {
    long thoughts = AnswerFields.count(usage, "thoughtsTokenCount");
    return new Usage(
        AnswerFields.count(usage, "promptTokenCount")
            + AnswerFields.count(usage, "toolUsePromptTokenCount"),
        AnswerFields.count(usage, "cachedContentTokenCount"),
        0,
        AnswerFields.count(usage, "candidatesTokenCount") + thoughts,
        thoughts);
  }
}
