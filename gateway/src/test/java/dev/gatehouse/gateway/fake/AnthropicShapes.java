package dev.gatehouse.gateway.fake;

import static dev.gatehouse.gateway.fake.Shape.byWord;
import static dev.gatehouse.gateway.fake.Shape.either;
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

/** What Anthropic's Messages take. */
final class AnthropicShapes {
  private static final long MANY = 1_000_000;

  private static final Shape CACHE =
      object().need("type", word("ephemeral")).may("ttl", word("5m", "1h"));

  private static Shape.Fields block() {
    return object().need("type", text()).mayNull("cache_control", CACHE);
  }

  /** An empty text is refused. */
  private static final Shape TEXT =
      block().need("text", filled()).mayNull("citations", list(free()));

  private static final Shape URL = object().need("type", text()).need("url", filled());

  private static final Shape FILE = object().need("type", text()).need("file_id", filled());

  private static final Shape IMAGE =
      block()
          .need(
              "source",
              byWord(
                  "type",
                  "base64",
                  object()
                      .need("type", text())
                      .need(
                          "media_type", word("image/jpeg", "image/png", "image/gif", "image/webp"))
                      .need("data", new Shape.Base64()),
                  "url",
                  URL,
                  "file",
                  FILE));

  private static final Shape DOCUMENT =
      block()
          .need(
              "source",
              byWord(
                  "type",
                  "base64",
                  object()
                      .need("type", text())
                      .need("media_type", word("application/pdf"))
                      .need("data", new Shape.Base64()),
                  "text",
                  object()
                      .need("type", text())
                      .need("media_type", word("text/plain"))
                      .need("data", filled()),
                  "content",
                  object().need("type", text()).need("content", either(text(), list(free()))),
                  "url",
                  URL,
                  "file",
                  FILE))
          .mayNull("title", text())
          .mayNull("context", text())
          .mayNull("citations", object().may("enabled", flag()));

  private static final Shape TOOL_RESULT =
      block()
          .need("tool_use_id", filled())
          .may(
              "content",
              either(
                  text(), list(byWord("type", "text", TEXT, "image", IMAGE, "document", DOCUMENT))))
          .may("is_error", flag());

  private static final Shape TOOL_USE =
      block()
          .need("id", new Shape.Named("[a-zA-Z0-9_-]+"))
          .need("name", new Shape.Named("[a-zA-Z0-9_-]{1,128}"))
          .need("input", free());

  private static final Shape THINKING =
      object().need("type", text()).need("thinking", text()).need("signature", filled());

  private static final Shape REDACTED = object().need("type", text()).need("data", filled());

  private static final Shape MESSAGE =
      byWord(
          "role",
          "user",
          object()
              .need("role", text())
              .need(
                  "content",
                  either(
                      filled(),
                      filledList(
                          byWord(
                              "type",
                              "text",
                              TEXT,
                              "image",
                              IMAGE,
                              "document",
                              DOCUMENT,
                              "tool_result",
                              TOOL_RESULT)))),
          "assistant",
          object()
              .need("role", text())
              .need(
                  "content",
                  either(
                      filled(),
                      filledList(
                          byWord(
                              "type",
                              "text",
                              TEXT,
                              "tool_use",
                              TOOL_USE,
                              "thinking",
                              THINKING,
                              "redacted_thinking",
                              REDACTED)))),
          "system",
          object().need("role", text()).need("content", either(filled(), filledList(TEXT))));

  private static final Shape TOOL =
      object()
          .need("name", new Shape.Named("[a-zA-Z0-9_-]{1,128}"))
          .need("input_schema", new Shape.ObjectSchema())
          .may("description", text())
          .may("strict", flag())
          .may("defer_loading", flag())
          .mayNull("eager_input_streaming", flag())
          .may("input_examples", list(free()))
          .mayNull("cache_control", CACHE)
          .mayNull("type", word("custom"));

  private static Shape choice(Shape.Fields fields) {
    return fields.need("type", text()).may("disable_parallel_tool_use", flag());
  }

  private static final Shape TOOL_CHOICE =
      byWord(
          "type",
          "auto",
          choice(object()),
          "any",
          choice(object()),
          "tool",
          choice(object().need("name", filled())),
          "none",
          object().need("type", text()));

  private static final Shape THINKS =
      byWord(
          "type",
          "enabled",
          object()
              .need("type", text())
              .need("budget_tokens", whole(1024, MANY))
              .mayNull("display", word("summarized", "omitted")),
          "disabled",
          object().need("type", text()),
          "adaptive",
          object().need("type", text()).mayNull("display", word("summarized", "omitted")));

  private static final Shape OUTPUT_CONFIG =
      object()
          .mayNull("effort", word("low", "medium", "high", "xhigh", "max"))
          .mayNull("format", object().need("type", word("json_schema")).need("schema", free()));

  private static Shape.Fields counted() {
    return object()
        .need("model", filled())
        .need("messages", filledList(MESSAGE))
        .mayNull("cache_control", CACHE)
        .may("output_config", OUTPUT_CONFIG)
        .may("system", either(text(), list(TEXT)))
        .may("thinking", THINKS)
        .may("tool_choice", TOOL_CHOICE)
        .may("tools", list(TOOL));
  }

  static final Shape COUNT_TOKENS = counted();

  static final Shape MESSAGES =
      counted()
          .need("max_tokens", whole(1, MANY))
          .may("metadata", object().mayNull("user_id", text()))
          .may("service_tier", word("auto", "standard_only"))
          .may("stop_sequences", list(new Shape.Visible()))
          .may("stream", flag())
          .may("temperature", number(0, 1))
          .may("top_k", whole(0, MANY))
          .may("top_p", number(0, 1))
          .may(OpenAiShapes.TOMORROW, new Shape.Anything());

  private AnthropicShapes() {}
}
