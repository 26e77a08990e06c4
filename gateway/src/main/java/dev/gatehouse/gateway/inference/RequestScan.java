package dev.gatehouse.gateway.inference;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.usage.Labels;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * What the gateway must know of a request before anything else, read in one pass without making a
 * tree: most requests are passed on as they came, but for the model's name.
 *
 * <p>A key that is there twice is refused: the gateway would judge by one of them, and the provider
 * act by the other.
 */
final class RequestScan {
  /** From the first byte to the one after the last. */
  record Span(int from, int to) {}

  /** What asks for the usage, and where it goes. */
  private record Edit(Span span, String text) {}

  /** Real requests nest about ten deep, schemas of tools some more. */
  private static final int DEEPEST = 128;

  /** OpenAI takes 128. */
  private static final int MOST_CHOICES = 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(64)
                  .maxNameLength(4096)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /**
   * Fields that proxies of this kind have taken from clients, and that gave away their keys: what
   * LiteLLM let {@code api_base} do in 2024 and in 2026. None is a field of a vendor's API.
   */
  private static final Set<String> STRANGE =
      Set.of(
          "api_base",
          "api_key",
          "api_version",
          "api_type",
          "base_url",
          "custom_llm_provider",
          "extra_headers",
          "headers",
          "aws_access_key_id",
          "aws_secret_access_key",
          "aws_region_name",
          "vertex_credentials",
          "vertex_project");

  private final byte[] body;
  private final String model;
  private final Span modelSpan;
  private final boolean streamed;
  private final @Nullable Long mostOutput;
  private final long choices;
  private final @Nullable Edit usageEdit;
  private final boolean usageAsked;
  private final int afterBrace;
  private final @Nullable String strangeField;
  private final @Nullable String endUser;

  private RequestScan(Reading reading, String model) {
    this.body = reading.body;
    this.model = model;
    this.modelSpan = reading.modelSpan;
    this.streamed = reading.streamed;
    this.mostOutput = reading.mostOutput;
    this.choices = reading.choices;
    this.usageEdit = reading.usageEdit;
    this.usageAsked = reading.usageAsked;
    this.afterBrace = reading.afterBrace;
    this.strangeField = reading.strange;
    this.endUser = reading.endUser;
  }

  /** A request that cannot be taken. */
  static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message);
    }
  }

  /**
   * Reads a request's body.
   *
   * @param impliedModel the model that the path names; null: the body does
   * @throws UnfitException where it is no JSON object, goes beyond a limit, or names no model; the
   *     message is for the client
   */
  static RequestScan of(byte[] body, @Nullable String impliedModel) throws UnfitException {
    requireUtf8Object(body);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return new Reading(body, parser, impliedModel).read();
    } catch (StreamConstraintsException e) {
      throw new UnfitException(
          "The body goes beyond a limit: it may nest %d deep.".formatted(DEEPEST));
    } catch (JacksonException e) {
      throw new UnfitException(
          "The body is not JSON"
              + (e.getLocation() == null
                  ? "."
                  : " (line %d, column %d)."
                      .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr())));
    }
  }

  /** Other encodings would be read in one way here and in another there. */
  private static void requireUtf8Object(byte[] body) throws UnfitException {
    int at = 0;
    while (at < body.length && body[at] <= ' ' && body[at] > 0) {
      at++;
    }
    if (at == body.length || body[at] != '{' || (at + 1 < body.length && body[at + 1] == 0)) {
      throw new UnfitException("The body is not a JSON object in UTF-8.");
    }
  }

  /** As it came. */
  byte[] body() {
    return body;
  }

  /** What the client calls the model. */
  String model() {
    return model;
  }

  /** Whether the answer is wanted as it comes. */
  boolean isStreamed() {
    return streamed;
  }

  /** The most tokens that the answer may have; empty: it does not say. */
  OptionalLong mostOutput() {
    return mostOutput == null ? OptionalLong.empty() : OptionalLong.of(mostOutput);
  }

  /** How many answers are asked for at once: each may be as long as that. */
  long choices() {
    return choices;
  }

  /** Whether {@code stream_options} asks for the usage. */
  boolean asksForUsage() {
    return usageAsked;
  }

  /** A field by which a client would choose the provider's address or key. */
  Optional<String> strangeField() {
    return Optional.ofNullable(strangeField);
  }

  /**
   * Whom the call serves: {@code user}, as OpenAI's formats have it, else {@code metadata.user_id},
   * as Anthropic's has it.
   */
  Optional<String> endUser() {
    return Optional.ofNullable(endUser);
  }

  /** The body with another model, and asking for the usage where that is wanted. */
  byte[] rewritten(String otherModel, boolean askUsage) {
    boolean sameModel = otherModel.equals(model) && modelSpan.from() < modelSpan.to();
    boolean sameUsage = !askUsage || usageAsked;
    if (sameModel && sameUsage) {
      return body;
    }
    Splice splice = new Splice(body);
    if (!sameModel) {
      if (modelSpan.from() == modelSpan.to()) {
        splice.insert(afterBrace, "\"model\":" + Splice.quoted(otherModel) + ",");
      } else {
        splice.replace(modelSpan, Splice.quoted(otherModel));
      }
    }
    if (!sameUsage) {
      if (usageEdit == null) {
        splice.insert(afterBrace, "\"stream_options\":{\"include_usage\":true},");
      } else {
        splice.replace(usageEdit.span(), usageEdit.text());
      }
    }
    return splice.bytes();
  }

  /** One pass over a body. */
  private static final class Reading {
    private final byte[] body;
    private final JsonParser parser;
    private final Set<String> names = new HashSet<>();
    private int afterBrace;
    private @Nullable String model;
    private Span modelSpan;
    private boolean streamed;
    private @Nullable Long mostOutput;
    private long choices = 1;
    private @Nullable Edit usageEdit;
    private boolean usageAsked;
    private @Nullable String strange;
    private @Nullable String endUser;

    private Reading(byte[] body, JsonParser parser, @Nullable String impliedModel) {
      this.body = body;
      this.parser = parser;
      this.model = impliedModel;
      this.modelSpan = new Span(0, 0);
    }

    private RequestScan read() throws UnfitException {
      parser.nextToken();
      afterBrace = end();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        if (!names.add(name)) {
          throw new UnfitException("The body has the key " + printable(name) + " twice.");
        }
        if (STRANGE.contains(name)) {
          strange = name;
        }
        parser.nextToken();
        member(name);
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new UnfitException("The body is not one JSON object.");
      }
      if (names.isEmpty()) {
        throw new UnfitException("The body asks nothing.");
      }
      if (model == null || model.isBlank()) {
        throw new UnfitException("The body names no model. Put one in \"model\".");
      }
      return new RequestScan(this, model);
    }

    private void member(String name) throws UnfitException {
      switch (name) {
        case "model" -> model();
        case "stream" -> streamed = parser.currentToken() == JsonToken.VALUE_TRUE;
        case "max_tokens", "max_completion_tokens", "max_output_tokens" -> mostOutput();
        case "n" -> choices();
        case "user" -> user();
        case "metadata" -> metadata();
        case "background" -> background();
        case "stream_options" -> streamOptions();
        default -> parser.skipChildren();
      }
    }

    private void model() throws UnfitException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw new UnfitException("The body's \"model\" is not a text.");
      }
      int from = start();
      String text = parser.getString();
      // A path that names a model stands before the body, as in Azure's addresses.
      model = model == null ? text : model;
      modelSpan = new Span(from, end());
    }

    /** What comes of it is fetched later and elsewhere, and would be paid by nobody. */
    private void background() throws UnfitException {
      if (parser.currentToken() == JsonToken.VALUE_TRUE) {
        throw new UnfitException(
            "Answers in the background are not made here: what they cost could not be counted."
                + " Leave \"background\" out.");
      }
      parser.skipChildren();
    }

    /** A number that bounds nothing, such as Ollama's -1 for "without end", says nothing. */
    private void mostOutput() {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        long most = parser.getLongValue();
        if (most > 0) {
          mostOutput = mostOutput == null ? most : Long.max(mostOutput, most);
        }
      } else {
        parser.skipChildren();
      }
    }

    private void choices() {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        choices = Math.clamp(parser.getLongValue(), 1, MOST_CHOICES);
      } else {
        parser.skipChildren();
      }
    }

    private void streamOptions() {
      int from = start();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        usageEdit = new Edit(new Span(from, end()), "{\"include_usage\":true}");
        return;
      }
      int inside = end();
      boolean empty = true;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        empty = false;
        parser.nextToken();
        int value = start();
        boolean asked = parser.currentToken() == JsonToken.VALUE_TRUE;
        parser.skipChildren();
        if (name.equals("include_usage")) {
          usageAsked = asked;
          usageEdit = new Edit(new Span(value, end()), "true");
        }
      }
      if (usageEdit == null) {
        usageEdit =
            new Edit(new Span(inside, inside), "\"include_usage\":true" + (empty ? "" : ","));
      }
    }

    private void user() {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        endUser = Printable.of(parser.getString(), Labels.LONGEST_END_USER);
      } else {
        parser.skipChildren();
      }
    }

    private void metadata() {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (endUser == null && name.equals("user_id")) {
          user();
        } else {
          parser.skipChildren();
        }
      }
    }

    private int start() {
      return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private int end() {
      return Math.toIntExact(parser.currentLocation().getByteOffset());
    }
  }

  static String printable(String name) {
    String cut = name.length() > 60 ? name.substring(0, 60) + "…" : name;
    return Splice.quoted(cut);
  }
}
