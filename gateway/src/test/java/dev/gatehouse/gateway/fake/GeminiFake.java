package dev.gatehouse.gateway.fake;

import static dev.gatehouse.gateway.fake.Shape.filled;
import static dev.gatehouse.gateway.fake.Shape.filledList;
import static dev.gatehouse.gateway.fake.Shape.flag;
import static dev.gatehouse.gateway.fake.Shape.free;
import static dev.gatehouse.gateway.fake.Shape.list;
import static dev.gatehouse.gateway.fake.Shape.number;
import static dev.gatehouse.gateway.fake.Shape.object;
import static dev.gatehouse.gateway.fake.Shape.text;
import static dev.gatehouse.gateway.fake.Shape.whole;
import static dev.gatehouse.gateway.fake.Shape.word;

import dev.gatehouse.gateway.fake.Play.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Google's Gemini API, version v1beta. */
final class GeminiFake implements Vendor {
  private static final Pattern PATH =
      Pattern.compile(
          "/v1beta/models/([A-Za-z0-9._-]+):(generateContent|streamGenerateContent|countTokens|embedContent|batchEmbedContents)");

  private static final Shape BLOB =
      object().need("mimeType", filled()).need("data", new Shape.Base64());

  private static final Shape FILE = object().may("mimeType", filled()).need("fileUri", filled());

  private static final Shape CALL =
      object().need("name", filled()).may("args", free()).may("id", filled());

  private static final Shape RESULT =
      object().need("name", filled()).need("response", free()).may("id", filled());

  /** Besides the one that it is, a part may say that it is a thought, and carry a signature. */
  private static final Shape PART =
      Shape.either(
          part().need("text", text()),
          part().need("inlineData", BLOB),
          part().need("fileData", FILE),
          part().need("functionCall", CALL),
          part().need("functionResponse", RESULT));

  private static Shape.Fields part() {
    return object().may("thought", flag()).may("thoughtSignature", new Shape.Base64());
  }

  private static final Shape CONTENT =
      object().may("role", word("user", "model", "function")).need("parts", filledList(PART));

  /** The subset of OpenAPI that {@code parameters} and {@code responseSchema} take. */
  private static final Shape SCHEMA = new Shape.Later(GeminiFake::schema);

  private static Shape schema() {
    return object()
        .may("type", new Shape.Named("(?i)string|number|integer|boolean|array|object|null"))
        .may("format", text())
        .may("title", text())
        .may("description", text())
        .may("nullable", flag())
        .may("enum", list(text()))
        .may("maxItems", new Shape.Anything())
        .may("minItems", new Shape.Anything())
        .may("properties", new Shape.MapOf(SCHEMA))
        .may("required", list(text()))
        .may("minProperties", new Shape.Anything())
        .may("maxProperties", new Shape.Anything())
        .may("minLength", new Shape.Anything())
        .may("maxLength", new Shape.Anything())
        .may("pattern", text())
        .may("example", new Shape.Anything())
        .may("anyOf", list(SCHEMA))
        .may("propertyOrdering", list(text()))
        .may("default", new Shape.Anything())
        .may("items", SCHEMA)
        .may("minimum", number(-1e300, 1e300))
        .may("maximum", number(-1e300, 1e300));
  }

  private static final Shape GENERATION =
      object()
          .may("stopSequences", list(filled()))
          .may("responseMimeType", word("text/plain", "application/json", "text/x.enum"))
          .may("responseSchema", SCHEMA)
          .may("responseJsonSchema", free())
          .may("responseModalities", list(word("TEXT", "IMAGE", "AUDIO")))
          .may("candidateCount", whole(1, 8))
          .may("maxOutputTokens", whole(1, 1_000_000))
          .may("temperature", number(0, 2))
          .may("topP", number(0, 1))
          .may("topK", number(1, 1000))
          .may("seed", whole(Integer.MIN_VALUE, Integer.MAX_VALUE))
          .may("presencePenalty", number(-2, 2))
          .may("frequencyPenalty", number(-2, 2))
          .may("responseLogprobs", flag())
          .may("logprobs", whole(0, 20))
          .may(
              "thinkingConfig",
              object()
                  .may("includeThoughts", flag())
                  .may("thinkingBudget", whole(-1, 100_000))
                  .may(
                      "thinkingLevel",
                      new Shape.Named("(?i)thinking_level_unspecified|minimal|low|medium|high")))
          .may("mediaResolution", text());

  private static final Shape.Fields GENERATE =
      object()
          .need("contents", filledList(CONTENT))
          .may("systemInstruction", object().may("role", text()).need("parts", filledList(PART)))
          .may("generationConfig", GENERATION)
          .may(
              "tools",
              list(
                  object()
                      .need(
                          "functionDeclarations",
                          filledList(
                              object()
                                  .need("name", new Shape.Named("[A-Za-z_][A-Za-z0-9_.:-]{0,63}"))
                                  .may("description", text())
                                  .may("parameters", SCHEMA)
                                  .may("parametersJsonSchema", free())
                                  .may("response", SCHEMA)
                                  .may("responseJsonSchema", free())))))
          .may(
              "toolConfig",
              object()
                  .need(
                      "functionCallingConfig",
                      object()
                          .may("mode", word("AUTO", "ANY", "NONE", "VALIDATED"))
                          .may("allowedFunctionNames", filledList(filled()))))
          .may("safetySettings", list(object().need("category", text()).need("threshold", text())))
          .may("cachedContent", text())
          .may("labels", new Shape.MapOf(text()));

  private static final Shape COUNT =
      object()
          .may("contents", list(CONTENT))
          .may("generateContentRequest", object().with(GENERATE).need("model", filled()));

  private static final Shape.Fields EMBED =
      object()
          .need("content", CONTENT)
          .may("model", filled())
          .may("taskType", text())
          .may("title", text())
          .may("outputDimensionality", whole(1, 4096));

  private final String key;

  GeminiFake(String key) {
    this.key = key;
  }

  @Override
  public Reply answer(Received request) throws Refusal {
    Checks.key(request, "x-goog-api-key", key);
    Checks.transport(request, "POST");
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw new Refusal(404, "", "Requested entity was not found.");
    }
    String model = path.group(1);
    if (model.contains("unknown")) {
      throw new Refusal(404, "", "models/" + model + " is not found for API version v1beta");
    }
    boolean streamed = path.group(2).equals("streamGenerateContent");
    Checks.require(
        request.query().equals(streamed ? "alt=sse" : ""), "", "query: " + request.query());
    return switch (path.group(2)) {
      case "generateContent", "streamGenerateContent" -> {
        JsonNode body = Checks.body(request, GENERATE);
        rules(body);
        yield new Answering(body, model, streamed).reply();
      }
      case "countTokens" -> {
        JsonNode body = Checks.body(request, COUNT);
        Checks.require(body.size() == 1, "contents", "either contents or generateContentRequest");
        rules(body.path("generateContentRequest"));
        yield Reply.json(200, Json.object("totalTokens", Play.INPUT));
      }
      case "embedContent" -> {
        JsonNode body = Checks.body(request, EMBED);
        yield Reply.json(200, Json.object("embedding", embedding(body, 0)));
      }
      case "batchEmbedContents" -> {
        JsonNode requests =
            Checks.body(
                    request,
                    object()
                        .need("requests", filledList(object().with(EMBED).need("model", filled()))))
                .path("requests");
        ArrayNode embeddings = Json.array();
        for (int i = 0; i < requests.size(); i++) {
          embeddings.add(embedding(requests.get(i), i));
        }
        yield Reply.json(200, Json.object("embeddings", embeddings));
      }
      default -> throw new IllegalStateException("the pattern allows no other");
    };
  }

  private static JsonNode embedding(JsonNode request, int i) {
    return Json.object(
        "values", OpenAiFake.numbers(request.path("outputDimensionality").asInt(4), i));
  }

  /** Turns alternate as the API wants it, and as many results follow as there were calls. */
  private static void rules(JsonNode body) throws Refusal {
    JsonNode config = body.path("generationConfig");
    boolean schema = config.has("responseSchema") || config.has("responseJsonSchema");
    Checks.require(
        !schema || config.path("responseMimeType").asString("").equals("application/json"),
        "generationConfig.responseMimeType",
        "a schema only with application/json");
    int open = 0;
    JsonNode contents = body.path("contents");
    for (int i = 0; i < contents.size(); i++) {
      int calls = 0;
      int results = 0;
      for (JsonNode part : contents.get(i).path("parts")) {
        calls += part.has("functionCall") ? 1 : 0;
        results += part.has("functionResponse") ? 1 : 0;
      }
      Checks.require(
          results == open,
          "contents[" + i + "]",
          "the number of function response parts must equal that of the function call parts");
      Checks.require(
          calls == 0 || contents.get(i).path("role").asString("").equals("model"),
          "contents[" + i + "]",
          "calls are the model's");
      open = calls;
    }
    Checks.require(open == 0, "contents", "the last turn is not the model's");
  }

  private static String textOf(JsonNode content) {
    List<String> texts = new ArrayList<>();
    for (JsonNode part : content.path("parts")) {
      if (part.path("text").isString() && !part.path("thought").asBoolean(false)) {
        texts.add(part.path("text").stringValue());
      } else if (part.has("functionResponse")) {
        JsonNode response = part.path("functionResponse").path("response");
        List<String> values = new ArrayList<>();
        response.forEach(
            value -> values.add(value.isString() ? value.stringValue() : Json.text(value)));
        texts.add(String.join("\n", values));
      }
    }
    return String.join("\n", texts);
  }

  @Override
  public String lastText(Received request) {
    return lastText(request.json().path("contents"));
  }

  private static String lastText(JsonNode contents) {
    for (int i = contents.size() - 1; i >= 0; i--) {
      if (!contents.get(i).path("role").asString("user").equals("model")) {
        return textOf(contents.get(i));
      }
    }
    return "";
  }

  private static Asked asked(JsonNode body, String model, boolean streamed) {
    JsonNode contents = body.path("contents");
    JsonNode config = body.path("generationConfig");
    int images = 0;
    for (JsonNode content : contents) {
      for (JsonNode part : content.path("parts")) {
        String type =
            part.path("inlineData").path("mimeType").asString("")
                + part.path("fileData").path("mimeType").asString("");
        images += type.startsWith("image/") ? 1 : 0;
      }
    }
    List<String> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      tool.path("functionDeclarations")
          .forEach(function -> tools.add(function.path("name").asString("")));
    }
    JsonNode calling = body.path("toolConfig").path("functionCallingConfig");
    String mode = calling.path("mode").asString("AUTO");
    String named = calling.path("allowedFunctionNames").path(0).asString("");
    List<String> stops = new ArrayList<>();
    config.path("stopSequences").forEach(stop -> stops.add(stop.asString("")));
    boolean afterTool = false;
    for (JsonNode part : contents.get(contents.size() - 1).path("parts")) {
      afterTool |= part.has("functionResponse");
    }
    return new Asked(
        model,
        textOf(body.path("systemInstruction")),
        lastText(contents),
        mode.equals("NONE") ? List.of() : tools,
        mode.equals("ANY"),
        mode.equals("ANY") && !named.isEmpty() ? named : null,
        afterTool,
        images,
        config.path("responseMimeType").asString("").equals("application/json"),
        config.path("thinkingConfig").path("includeThoughts").asBoolean(false),
        stops,
        config.path("maxOutputTokens").asLong(0),
        config.path("candidateCount").asInt(1),
        streamed);
  }

  /** One answer, whole or as events. */
  private static final class Answering {
    private final Asked asked;
    private final Play play;

    Answering(JsonNode body, String model, boolean streamed) {
      this.asked = asked(body, model, streamed);
      this.play = Director.play(asked);
    }

    Reply reply() {
      if (!asked.streamed()) {
        ArrayNode parts = Json.array();
        if (play.thought() != null) {
          parts.add(Json.object("text", play.thought(), "thought", true));
        }
        if (!play.text().isEmpty()) {
          parts.add(Json.object("text", play.text()));
        }
        play.calls().forEach(call -> parts.add(call(call)));
        return Reply.json(200, response(parts, finish()));
      }
      List<byte[]> events = new ArrayList<>();
      if (play.thought() != null) {
        for (String piece : Play.pieces(play.thought())) {
          events.add(event(Json.object("text", piece, "thought", true)));
        }
      }
      for (String piece : play.pieces()) {
        events.add(event(Json.object("text", piece)));
      }
      for (Call call : play.calls()) {
        events.add(event(call(call)));
      }
      events.add(Reply.event(response(Json.array(Json.object("text", "")), finish())));
      return Reply.events(crlf(events));
    }

    /** Gemini ends its lines with CR and LF. */
    private static List<byte[]> crlf(List<byte[]> events) {
      return events.stream()
          .map(
              event ->
                  new String(event, java.nio.charset.StandardCharsets.UTF_8)
                      .replace("\n", "\r\n")
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8))
          .toList();
    }

    private static ObjectNode call(Call call) {
      return Json.object(
          "functionCall",
          Json.object("name", call.name(), "args", Json.read(call.arguments())),
          "thoughtSignature",
          Play.SIGNATURE);
    }

    private byte[] event(ObjectNode part) {
      return Reply.event(response(Json.array(part), null));
    }

    private String finish() {
      return switch (play.ending()) {
        case END, TOOLS, STOP_TEXT -> "STOP";
        case LENGTH -> "MAX_TOKENS";
        case FILTERED -> "SAFETY";
      };
    }

    private ObjectNode response(ArrayNode parts, @Nullable String finish) {
      ArrayNode candidates = Json.array();
      for (int i = 0; i < asked.choices(); i++) {
        ObjectNode candidate =
            Json.object("content", Json.object("role", "model", "parts", parts), "index", i);
        if (finish != null) {
          candidate.put("finishReason", finish);
        }
        candidates.add(candidate);
      }
      ObjectNode usage =
          Json.object(
              "promptTokenCount",
              Play.INPUT,
              "cachedContentTokenCount",
              Play.CACHED,
              "candidatesTokenCount",
              play.thought() == null ? Play.OUTPUT : Play.OUTPUT - Play.THOUGHT,
              "totalTokenCount",
              Play.INPUT + Play.OUTPUT);
      if (play.thought() != null) {
        usage.put("thoughtsTokenCount", Play.THOUGHT);
      }
      return Json.object(
          "candidates",
          candidates,
          "usageMetadata",
          usage,
          "modelVersion",
          asked.model(),
          "responseId",
          "fake");
    }
  }

  private static JsonNode error(int status, String message) {
    String word =
        switch (status) {
          case 401 -> "UNAUTHENTICATED";
          case 403 -> "PERMISSION_DENIED";
          case 404 -> "NOT_FOUND";
          case 429 -> "RESOURCE_EXHAUSTED";
          case 503 -> "UNAVAILABLE";
          case 504 -> "DEADLINE_EXCEEDED";
          default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    return Json.object("error", Json.object("code", status, "message", message, "status", word));
  }

  @Override
  public Reply error(Refusal refusal) {
    String where =
        refusal.path().isEmpty()
            ? ""
            : "Invalid JSON payload received. At '" + refusal.path() + "': ";
    return Reply.json(refusal.status(), error(refusal.status(), where + refusal.message()));
  }

  @Override
  public byte[] eventOfError() {
    return Reply.event(error(503, "The model is overloaded. Please try again later."));
  }
}
