package dev.gatehouse.gateway.fake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** OpenAI's API, Azure's, and that of a compatible server such as Ollama's or vLLM's. */
final class OpenAiFake implements Vendor {
  /** The only ones that it has. */
  private static final String[] MODELS = {"gpt-5-mini", "text-embedding-3-small"};

  private final Kind kind;
  private final @Nullable String key;

  /** Whose API it is. */
  enum Kind {
    OPENAI,
    AZURE,
    COMPATIBLE
  }

  /**
   * @param key null: it asks for none
   */
  OpenAiFake(Kind kind, @Nullable String key) {
    this.kind = kind;
    this.key = key;
  }

  @Override
  public Reply answer(Received request) throws Refusal {
    checkKey(request);
    String place = place(request);
    if (place.equals("models") || place.startsWith("models/")) {
      return models(request, place);
    }
    Checks.transport(request, "POST");
    return switch (place) {
      case "chat/completions" -> {
        JsonNode body =
            Checks.body(
                request,
                kind == Kind.COMPATIBLE ? OpenAiShapes.COMPATIBLE_CHAT : OpenAiShapes.CHAT);
        knownModel(body);
        yield OpenAiChat.answer(body, kind == Kind.AZURE, kind == Kind.COMPATIBLE);
      }
      case "responses" -> {
        JsonNode body = Checks.body(request, OpenAiShapes.RESPONSES);
        knownModel(body);
        yield OpenAiResponses.answer(body);
      }
      case "embeddings" -> embeddings(Checks.body(request, OpenAiShapes.EMBEDDINGS));
      case "rerank" -> rerank(Checks.body(request, OpenAiShapes.RERANK));
      default -> throw new Refusal(404, "", "Invalid URL (POST " + request.path() + ")");
    };
  }

  private void checkKey(Received request) throws Refusal {
    if (key == null) {
      Checks.require(request.header("authorization").isEmpty(), "", "a key where none is needed");
    } else if (kind == Kind.AZURE) {
      Checks.key(request, "api-key", key);
    } else {
      Checks.key(request, "authorization", "Bearer " + key);
    }
  }

  /** What follows the version; Azure has the deployment in the path, and the version behind it. */
  private String place(Received request) throws Refusal {
    String path = request.path();
    if (kind != Kind.AZURE || path.startsWith("/openai/v1/")) {
      String prefix = kind == Kind.AZURE ? "/openai/v1/" : "/v1/";
      if (!path.startsWith(prefix)) {
        throw new Refusal(404, "", "Invalid URL (" + path + ")");
      }
      return path.substring(prefix.length());
    }
    String prefix = "/openai/deployments/";
    int slash = path.startsWith(prefix) ? path.indexOf('/', prefix.length()) : -1;
    if (slash < 0) {
      throw new Refusal(404, "", "Resource not found");
    }
    if (!request.query().matches("api-version=\\d{4}-\\d{2}-\\d{2}(-preview)?")) {
      throw new Refusal(404, "", "wrong or missing api-version: " + request.query());
    }
    return path.substring(slash + 1);
  }

  private static void knownModel(JsonNode body) throws Refusal {
    if (body.path("model").asString("").contains("unknown")) {
      throw new Refusal(404, "model", "The model does not exist");
    }
  }

  private Reply models(Received request, String place) throws Refusal {
    Checks.transport(request, "GET");
    if (place.equals("models")) {
      ArrayNode models = Json.array();
      for (String model : MODELS) {
        models.add(model(model));
      }
      return Reply.json(200, Json.object("object", "list", "data", models));
    }
    String name = place.substring("models/".length());
    for (String model : MODELS) {
      if (model.equals(name)) {
        return Reply.json(200, model(model));
      }
    }
    throw new Refusal(404, "model", "The model does not exist");
  }

  private static JsonNode model(String id) {
    return Json.object("id", id, "object", "model", "created", 1_754_000_000, "owned_by", "openai");
  }

  private static Reply embeddings(JsonNode body) {
    JsonNode input = body.path("input");
    boolean one = input.isString() || input.get(0).isIntegralNumber();
    int count = one ? 1 : input.size();
    int dimensions = body.path("dimensions").asInt(4);
    ArrayNode data = Json.array();
    for (int i = 0; i < count; i++) {
      data.add(
          Json.object(
              "object",
              "embedding",
              "index",
              i,
              "embedding",
              body.path("encoding_format").asString("").equals("base64")
                  ? Base64.getEncoder().encodeToString(floats(dimensions, i))
                  : numbers(dimensions, i)));
    }
    return Reply.json(
        200,
        Json.object(
            "object",
            "list",
            "data",
            data,
            "model",
            body.path("model").asString(""),
            "usage",
            Json.object("prompt_tokens", 8 * count, "total_tokens", 8 * count)));
  }

  private static byte[] floats(int dimensions, int i) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
    for (int d = 0; d < dimensions; d++) {
      bytes.putFloat(i + d / 4f);
    }
    return bytes.array();
  }

  static ArrayNode numbers(int dimensions, int i) {
    ArrayNode numbers = Json.array();
    for (int d = 0; d < dimensions; d++) {
      numbers.add(i + d / 4f);
    }
    return numbers;
  }

  private static Reply rerank(JsonNode body) {
    int count = Math.min(body.path("documents").size(), body.path("top_n").asInt(1000));
    ArrayNode results = Json.array();
    for (int i = 0; i < count; i++) {
      int index = body.path("documents").size() - 1 - i;
      results.add(
          Json.object(
              "index",
              index,
              "relevance_score",
              1.0 / (i + 2),
              "document",
              Json.object("text", body.path("documents").get(index))));
    }
    return Reply.json(
        200,
        Json.object(
            "id",
            "rerank-fake",
            "model",
            body.path("model").asString(""),
            "results",
            results,
            "usage",
            Json.object("prompt_tokens", 12, "total_tokens", 12)));
  }

  @Override
  public Reply error(Refusal refusal) {
    return OpenAiErrors.reply(refusal);
  }

  @Override
  public byte[] eventOfError() {
    return Reply.event(OpenAiErrors.body("The server had an error", "server_error", null, null));
  }

  @Override
  public String lastText(Received request) {
    JsonNode body = request.json();
    return body.has("messages")
        ? OpenAiChat.lastText(body.path("messages"))
        : OpenAiResponses.lastText(body.path("input"));
  }
}
