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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Amazon Bedrock's Converse. */
final class BedrockFake implements Vendor {
  /** What the vendor calls each answer, in a header alone. */
  static final String REQUEST_ID = "7f6d3c1a-aws-request";

  private static final Shape TITAN_EMBED =
      object()
          .need("inputText", filled())
          .may("dimensions", whole(1, 1024))
          .may("normalize", flag())
          .may("embeddingTypes", list(word("float", "binary")));

  private static final Shape COHERE_EMBED =
      object()
          .need("texts", filledList(text()))
          .need(
              "input_type", word("search_document", "search_query", "classification", "clustering"))
          .may("embedding_types", list(word("float", "int8", "uint8", "binary", "ubinary")))
          .may("output_dimension", whole(1, 1536))
          .may("max_tokens", whole(1, 1_000_000))
          .may("truncate", word("NONE", "LEFT", "RIGHT"));

  private static final Shape COHERE_RERANK =
      object()
          .need("api_version", whole(2, 2))
          .need("query", filled())
          .need("documents", filledList(text()))
          .may("top_n", whole(1, 1000))
          .may("max_tokens_per_doc", whole(1, 100_000));

  private static final Pattern PATH =
      Pattern.compile("/model/([^/]+)/(converse|converse-stream|invoke|count-tokens)");

  private static final Shape CACHE_POINT =
      object().need("type", word("default")).may("ttl", word("5m", "1h"));

  private static final Shape S3 = object().need("uri", filled()).may("bucketOwner", text());

  private static final Shape IMAGE =
      object()
          .need("format", word("png", "jpeg", "gif", "webp"))
          .need(
              "source",
              object().may("bytes", new Shape.Base64()).may("s3Location", S3).exactlyOne());

  private static final Shape DOCUMENT =
      object()
          .may("format", word("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"))
          .need("name", new Shape.Named("[A-Za-z0-9\\s()\\[\\]-]{1,200}"))
          .need(
              "source",
              object()
                  .may("bytes", new Shape.Base64())
                  .may("s3Location", S3)
                  .may("text", text())
                  .may("content", list(free()))
                  .exactlyOne())
          .may("context", text())
          .may("citations", object().need("enabled", flag()));

  private static final Shape TOOL_NAME = new Shape.Named("[a-zA-Z0-9_-]{1,64}");

  private static final Shape BLOCK =
      object()
          .may("text", new Shape.Visible())
          .may("image", IMAGE)
          .may("document", DOCUMENT)
          .may(
              "toolUse",
              object()
                  .need("toolUseId", new Shape.Named("[a-zA-Z0-9_.:-]{1,64}"))
                  .need("name", TOOL_NAME)
                  .need("input", free()))
          .may(
              "toolResult",
              object()
                  .need("toolUseId", new Shape.Named("[a-zA-Z0-9_.:-]{1,64}"))
                  .need(
                      "content",
                      list(
                          object()
                              .may("json", new Shape.Anything())
                              .may("text", text())
                              .may("image", IMAGE)
                              .may("document", DOCUMENT)
                              .exactlyOne()))
                  .may("status", word("success", "error")))
          .may("cachePoint", CACHE_POINT)
          .may(
              "reasoningContent",
              object()
                  .may("reasoningText", object().need("text", text()).may("signature", filled()))
                  .may("redactedContent", new Shape.Base64())
                  .exactlyOne())
          .exactlyOne();

  private static Shape.Fields counted() {
    return object()
        .may(
            "messages",
            filledList(
                object()
                    .need("role", word("user", "assistant", "system"))
                    .need("content", filledList(BLOCK))))
        .may(
            "system",
            list(
                object()
                    .may("text", new Shape.Visible())
                    .may("cachePoint", CACHE_POINT)
                    .exactlyOne()))
        .may(
            "toolConfig",
            object()
                .need(
                    "tools",
                    filledList(
                        object()
                            .may(
                                "toolSpec",
                                object()
                                    .need("name", TOOL_NAME)
                                    .may("description", filled())
                                    .need("inputSchema", object().need("json", free()))
                                    .may("strict", flag()))
                            .may("cachePoint", CACHE_POINT)
                            .exactlyOne()))
                .may(
                    "toolChoice",
                    object()
                        .may("auto", object())
                        .may("any", object())
                        .may("tool", object().need("name", TOOL_NAME))
                        .exactlyOne()))
        .may("additionalModelRequestFields", free());
  }

  private static final Shape COUNT_TOKENS =
      object().need("input", object().need("converse", counted()));

  private static final Shape CONVERSE =
      counted()
          .may(
              "inferenceConfig",
              object()
                  .may("maxTokens", whole(1, 1_000_000))
                  .may("temperature", number(0, 1))
                  .may("topP", number(0, 1))
                  .may("stopSequences", list(filled())))
          .may("additionalModelResponseFieldPaths", list(text()))
          .may("requestMetadata", new Shape.MapOf(text()))
          .may("performanceConfig", object().may("latency", word("standard", "optimized")))
          .may(
              "serviceTier", object().need("type", word("priority", "default", "flex", "reserved")))
          .may(
              "outputConfig",
              object()
                  .may(
                      "textFormat",
                      object()
                          .need("type", word("json_schema"))
                          .need(
                              "structure",
                              object()
                                  .need(
                                      "jsonSchema",
                                      object()
                                          .need("schema", new Shape.JsonText())
                                          .may("name", text())
                                          .may("description", text()))))
                  .may("effort", text()))
          .may("promptVariables", free());

  private final String accessKeyId;
  private final String secret;
  private final String region;
  private final InstantSource clock;

  BedrockFake(String accessKeyId, String secret, String region, InstantSource clock) {
    this.accessKeyId = accessKeyId;
    this.secret = secret;
    this.region = region;
    this.clock = clock;
  }

  @Override
  public Reply answer(Received request) throws Refusal {
    AwsSignature.check(request, accessKeyId, secret, region, clock.instant());
    Checks.transport(request, "POST");
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw new Refusal(404, "", "UnknownOperationException");
    }
    String model = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
    if (model.contains("unknown")) {
      throw new Refusal(404, "", "The provided model identifier is invalid: " + model);
    }
    if (path.group(2).equals("count-tokens")) {
      rules(Checks.body(request, COUNT_TOKENS).path("input").path("converse"));
      return Reply.json(200, Json.object("inputTokens", Play.INPUT));
    }
    if (path.group(2).equals("invoke")) {
      return invoke(request, model).with("x-amzn-requestid", REQUEST_ID);
    }
    JsonNode body = Checks.body(request, CONVERSE);
    rules(body);
    Answering answering = new Answering(body, model, path.group(2).endsWith("stream"));
    if (!answering.asked.streamed()) {
      return Reply.json(200, answering.whole()).with("x-amzn-requestid", REQUEST_ID);
    }
    return new Reply(
        200,
        "application/vnd.amazon.eventstream",
        Map.of("x-amzn-requestid", REQUEST_ID),
        answering.events(),
        true);
  }

  /** Models that are asked in bodies of their own: what they embed, and how they rank. */
  private static Reply invoke(Received request, String model) throws Refusal {
    if (model.startsWith("amazon.titan-embed-text-v2")) {
      JsonNode body = Checks.body(request, TITAN_EMBED);
      return Reply.json(
          200,
          Json.object(
              "embedding",
              OpenAiFake.numbers(body.path("dimensions").asInt(4), 0),
              "inputTextTokenCount",
              8));
    }
    if (model.startsWith("cohere.embed")) {
      JsonNode body = Checks.body(request, COHERE_EMBED);
      ArrayNode floats = Json.array();
      for (int i = 0; i < body.path("texts").size(); i++) {
        floats.add(OpenAiFake.numbers(body.path("output_dimension").asInt(4), i));
      }
      return Reply.json(
          200,
          Json.object(
              "id",
              "1",
              "response_type",
              "embeddings_by_type",
              "texts",
              body.path("texts"),
              "embeddings",
              Json.object("float", floats)));
    }
    if (model.startsWith("cohere.rerank")) {
      JsonNode body = Checks.body(request, COHERE_RERANK);
      int all = body.path("documents").size();
      int count = body.path("top_n").asInt(all);
      Checks.require(count <= all, "top_n", "more than there are documents");
      ArrayNode results = Json.array();
      for (int i = 0; i < count; i++) {
        results.add(Json.object("index", all - 1 - i, "relevance_score", 1.0 / (i + 2)));
      }
      return Reply.json(200, Json.object("results", results));
    }
    throw new Refusal(400, "", "Malformed input request for " + model);
  }

  private static void rules(JsonNode body) throws Refusal {
    JsonNode messages = body.path("messages");
    Checks.require(messages.size() > 0, "messages", "messages are needed");
    Checks.require(
        messages.get(0).path("role").asString("").equals("user"),
        "messages[0]",
        "A conversation must start with a user message");
    Set<String> open = new HashSet<>();
    String before = "";
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = message.path("role").asString("");
      Checks.require(
          !role.equals(before),
          "messages[" + i + "]",
          "roles must alternate between user and assistant");
      before = role;
      Set<String> results = new HashSet<>();
      for (JsonNode block : message.path("content")) {
        if (block.has("toolResult")) {
          results.add(block.path("toolResult").path("toolUseId").asString(""));
        }
      }
      Checks.require(
          results.equals(open),
          "messages[" + i + "]",
          "Expected toolResult blocks for the following Ids: " + open);
      open.clear();
      for (JsonNode block : message.path("content")) {
        if (block.has("toolUse")) {
          open.add(block.path("toolUse").path("toolUseId").asString(""));
        }
      }
    }
    boolean tools = Json.text(messages).contains("\"toolUse\"");
    Checks.require(
        !tools || body.has("toolConfig"),
        "toolConfig",
        "The toolConfig field must be defined when using toolUse and toolResult content blocks");
  }

  private static String textOf(JsonNode content) {
    List<String> texts = new ArrayList<>();
    for (JsonNode block : content) {
      if (block.path("text").isString()) {
        texts.add(block.path("text").stringValue());
      } else if (block.has("toolResult")) {
        texts.add(textOf(block.path("toolResult").path("content")));
      } else if (block.has("json")) {
        texts.add(Json.text(block.path("json")));
      }
    }
    return String.join("\n", texts);
  }

  @Override
  public String lastText(Received request) {
    return lastText(request.json().path("messages"));
  }

  private static String lastText(JsonNode messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).path("role").asString("").equals("user")) {
        return textOf(messages.get(i).path("content"));
      }
    }
    return "";
  }

  /** One answer, whole or as events. */
  private static final class Answering {
    private final Asked asked;
    private final Play play;

    Answering(JsonNode body, String model, boolean streamed) {
      JsonNode messages = body.path("messages");
      List<String> system = new ArrayList<>();
      body.path("system")
          .forEach(
              block -> {
                if (block.has("text")) {
                  system.add(block.path("text").asString(""));
                }
              });
      int images = 0;
      for (JsonNode message : messages) {
        for (JsonNode block : message.path("content")) {
          images += block.has("image") ? 1 : 0;
        }
      }
      List<String> tools = new ArrayList<>();
      body.path("toolConfig")
          .path("tools")
          .forEach(
              tool -> {
                if (tool.has("toolSpec")) {
                  tools.add(tool.path("toolSpec").path("name").asString(""));
                }
              });
      JsonNode choice = body.path("toolConfig").path("toolChoice");
      List<String> stops = new ArrayList<>();
      body.path("inferenceConfig")
          .path("stopSequences")
          .forEach(stop -> stops.add(stop.asString("")));
      String thinking =
          body.path("additionalModelRequestFields").path("thinking").path("type").asString("");
      this.asked =
          new Asked(
              model,
              String.join(" | ", system),
              BedrockFake.lastText(messages),
              tools,
              choice.has("any"),
              choice.has("tool") ? choice.path("tool").path("name").asString("") : null,
              messages.get(messages.size() - 1).path("content").path(0).has("toolResult"),
              images,
              body.path("outputConfig").path("textFormat").isObject(),
              Set.of("enabled", "adaptive").contains(thinking),
              stops,
              body.path("inferenceConfig").path("maxTokens").asLong(0),
              1,
              streamed);
      this.play = Director.play(asked);
    }

    private String stop() {
      return switch (play.ending()) {
        case END -> "end_turn";
        case LENGTH -> "max_tokens";
        case TOOLS -> "tool_use";
        case STOP_TEXT -> "stop_sequence";
        case FILTERED -> "content_filtered";
      };
    }

    private static ObjectNode usage() {
      return Json.object(
          "inputTokens",
          Play.INPUT - Play.CACHED,
          "outputTokens",
          Play.OUTPUT,
          "totalTokens",
          Play.INPUT + Play.OUTPUT,
          "cacheReadInputTokens",
          Play.CACHED,
          "cacheWriteInputTokens",
          0);
    }

    JsonNode whole() {
      ArrayNode content = Json.array();
      if (play.thought() != null) {
        content.add(
            Json.object(
                "reasoningContent",
                Json.object(
                    "reasoningText",
                    Json.object("text", play.thought(), "signature", Play.SIGNATURE))));
      }
      if (!play.text().isEmpty()) {
        content.add(Json.object("text", play.text()));
      }
      for (Call call : play.calls()) {
        content.add(
            Json.object(
                "toolUse",
                Json.object(
                    "toolUseId",
                    "tooluse_" + call.id(),
                    "name",
                    call.name(),
                    "input",
                    Json.read(call.arguments()))));
      }
      return Json.object(
          "output",
          Json.object("message", Json.object("role", "assistant", "content", content)),
          "stopReason",
          stop(),
          "usage",
          usage(),
          "metrics",
          Json.object("latencyMs", 12));
    }

    List<byte[]> events() {
      List<byte[]> events = new ArrayList<>();
      events.add(AwsEvent.event("messageStart", Json.object("role", "assistant")));
      int index = 0;
      if (play.thought() != null) {
        for (String piece : Play.pieces(play.thought())) {
          delta(events, index, Json.object("reasoningContent", Json.object("text", piece)));
        }
        delta(
            events,
            index,
            Json.object("reasoningContent", Json.object("signature", Play.SIGNATURE)));
        stop(events, index++);
      }
      if (!play.text().isEmpty()) {
        for (String piece : play.pieces()) {
          delta(events, index, Json.object("text", piece));
        }
        stop(events, index++);
      }
      for (Call call : play.calls()) {
        events.add(
            AwsEvent.event(
                "contentBlockStart",
                Json.object(
                    "contentBlockIndex",
                    index,
                    "start",
                    Json.object(
                        "toolUse",
                        Json.object("toolUseId", "tooluse_" + call.id(), "name", call.name())))));
        for (String piece : call.pieces()) {
          delta(events, index, Json.object("toolUse", Json.object("input", piece)));
        }
        stop(events, index++);
      }
      events.add(AwsEvent.event("messageStop", Json.object("stopReason", stop())));
      events.add(
          AwsEvent.event(
              "metadata", Json.object("usage", usage(), "metrics", Json.object("latencyMs", 12))));
      return events;
    }

    private static void delta(List<byte[]> events, int index, ObjectNode delta) {
      events.add(
          AwsEvent.event(
              "contentBlockDelta", Json.object("contentBlockIndex", index, "delta", delta)));
    }

    private static void stop(List<byte[]> events, int index) {
      events.add(AwsEvent.event("contentBlockStop", Json.object("contentBlockIndex", index)));
    }
  }

  @Override
  public Reply error(Refusal refusal) {
    String type =
        switch (refusal.status()) {
          case 401, 403 -> "AccessDeniedException";
          case 404 -> "ResourceNotFoundException";
          case 408 -> "ModelTimeoutException";
          case 424 -> "ModelErrorException";
          case 429 -> "ThrottlingException";
          case 503 -> "ServiceUnavailableException";
          default -> refusal.status() >= 500 ? "InternalServerException" : "ValidationException";
        };
    String path = refusal.path().isEmpty() ? "" : refusal.path() + ": ";
    return Reply.json(refusal.status(), Json.object("message", path + refusal.message()))
        .with("x-amzn-ErrorType", type);
  }

  @Override
  public byte[] eventOfError() {
    return AwsEvent.exception(
        "modelStreamErrorException", Json.object("message", "The model failed"));
  }
}
