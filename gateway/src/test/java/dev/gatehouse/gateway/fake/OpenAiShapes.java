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

/** What OpenAI's API takes, and what copies of it take. */
final class OpenAiShapes {
  private static final long MANY = Integer.MAX_VALUE;

  /** A field of tomorrow, which a gateway has to pass on unseen. */
  static final String TOMORROW = "field_of_tomorrow";

  private static final Shape BREAKPOINT = object().need("mode", word("explicit"));

  private static final Shape.Fields TEXT_PART =
      object()
          .need("type", word("text"))
          .need("text", text())
          .may("prompt_cache_breakpoint", BREAKPOINT);

  private static final Shape IMAGE_PART =
      object()
          .need("type", word("image_url"))
          .need(
              "image_url",
              object().need("url", filled()).may("detail", word("auto", "low", "high")))
          .may("prompt_cache_breakpoint", BREAKPOINT);

  private static final Shape FILE_PART =
      object()
          .need("type", word("file"))
          .need(
              "file",
              object().may("file_data", filled()).may("file_id", filled()).may("filename", text()))
          .may("prompt_cache_breakpoint", BREAKPOINT);

  private static final Shape AUDIO_PART =
      object()
          .need("type", word("input_audio"))
          .need(
              "input_audio",
              object().need("data", new Shape.Base64()).need("format", word("wav", "mp3")));

  private static final Shape TEXTS = either(text(), filledList(TEXT_PART));

  private static final Shape TOOL_CALL =
      byWord(
          "type",
          "function",
          object()
              .need("id", filled())
              .need("type", word("function"))
              .need("function", object().need("name", filled()).need("arguments", text())));

  private static Shape messages(Shape.Fields moreOfAssistants) {
    return filledList(
        byWord(
            "role",
            "system",
            object().need("role", text()).need("content", TEXTS).may("name", filled()),
            "developer",
            object().need("role", text()).need("content", TEXTS).may("name", filled()),
            "user",
            object()
                .need("role", text())
                .need(
                    "content",
                    either(
                        text(),
                        filledList(
                            byWord(
                                "type",
                                "text",
                                TEXT_PART,
                                "image_url",
                                IMAGE_PART,
                                "file",
                                FILE_PART,
                                "input_audio",
                                AUDIO_PART))))
                .may("name", filled()),
            "assistant",
            object()
                .need("role", text())
                .mayNull(
                    "content",
                    either(
                        text(),
                        filledList(
                            byWord(
                                "type",
                                "text",
                                TEXT_PART,
                                "refusal",
                                object().need("type", text()).need("refusal", text())))))
                .mayNull("refusal", text())
                .may("name", filled())
                .may("tool_calls", filledList(TOOL_CALL))
                .with(moreOfAssistants),
            "tool",
            object().need("role", text()).need("content", TEXTS).need("tool_call_id", filled())));
  }

  private static final Shape FUNCTION =
      object()
          .need("name", filled())
          .may("description", text())
          .may("parameters", free())
          .mayNull("strict", flag());

  private static final Shape TOOL_CHOICE =
      either(
          word("none", "auto", "required"),
          byWord(
              "type",
              "function",
              object().need("type", text()).need("function", object().need("name", filled())),
              "allowed_tools",
              object()
                  .need("type", text())
                  .need(
                      "allowed_tools",
                      object()
                          .need("mode", word("auto", "required"))
                          .need("tools", filledList(free())))));

  private static final Shape RESPONSE_FORMAT =
      byWord(
          "type",
          "text",
          object().need("type", text()),
          "json_object",
          object().need("type", text()),
          "json_schema",
          object()
              .need("type", text())
              .need(
                  "json_schema",
                  object()
                      .need("name", filled())
                      .may("description", text())
                      .may("schema", free())
                      .mayNull("strict", flag())));

  /** What OpenAI and all copies of it take. */
  private static Shape.Fields common(Shape.Fields moreOfAssistants) {
    return object()
        .need("model", filled())
        .need("messages", messages(moreOfAssistants))
        .mayNull("frequency_penalty", number(-2, 2))
        .mayNull("presence_penalty", number(-2, 2))
        .mayNull("max_tokens", whole(1, MANY))
        .mayNull("n", whole(1, 128))
        .mayNull("response_format", RESPONSE_FORMAT)
        .mayNull("stop", either(filled(), new Shape.ListOf(filled(), 1)))
        .mayNull("stream", flag())
        .mayNull("temperature", number(0, 2))
        .mayNull("top_p", number(0, 1))
        .may(
            "tools",
            filledList(
                byWord(
                    "type", "function", object().need("type", text()).need("function", FUNCTION))))
        .may("tool_choice", TOOL_CHOICE)
        .may("user", text());
  }

  private static final Shape EFFORT =
      word("none", "minimal", "low", "medium", "high", "xhigh", "max");

  /** OpenAI's chat completions. */
  static final Shape CHAT =
      common(object().mayNull("audio", object().need("id", filled())))
          .mayNull("seed", whole(Long.MIN_VALUE, Long.MAX_VALUE))
          .mayNull("logit_bias", new Shape.MapOf(whole(-100, 100)))
          .mayNull("logprobs", flag())
          .mayNull("top_logprobs", whole(0, 20))
          .mayNull("max_completion_tokens", whole(1, MANY))
          .mayNull("metadata", new Shape.MapOf(text()))
          .mayNull("modalities", filledList(word("text", "audio")))
          .may("parallel_tool_calls", flag())
          .mayNull("prediction", free())
          .mayNull("prompt_cache_key", text())
          .mayNull("prompt_cache_retention", word("in_memory", "24h"))
          .mayNull("reasoning_effort", EFFORT)
          .mayNull("safety_identifier", text())
          .mayNull("service_tier", word("auto", "default", "flex", "scale", "priority", "fast"))
          .mayNull("store", flag())
          .mayNull(
              "stream_options",
              object().may("include_usage", flag()).may("include_obfuscation", flag()))
          .mayNull("verbosity", word("low", "medium", "high"))
          .may("web_search_options", free())
          .may(TOMORROW, new Shape.Anything());

  /** What vLLM, Ollama and their like take besides. */
  static final Shape COMPATIBLE_CHAT =
      common(object().mayNull("reasoning_content", text()).mayNull("reasoning", text()))
          .mayNull("seed", whole(Long.MIN_VALUE, Long.MAX_VALUE))
          .mayNull("stream_options", object().may("include_usage", flag()))
          .mayNull("top_k", whole(-1, MANY))
          .mayNull("reasoning_effort", EFFORT)
          .may("parallel_tool_calls", flag())
          .may(TOMORROW, new Shape.Anything());

  static final Shape EMBEDDINGS =
      object()
          .need("model", filled())
          .need(
              "input",
              either(
                  filled(),
                  filledList(filled()),
                  filledList(whole(0, MANY)),
                  filledList(filledList(whole(0, MANY)))))
          .may("dimensions", whole(1, 4096))
          .may("encoding_format", word("float", "base64"))
          .may("user", text());

  /** As Jina, vLLM and Cohere take it. */
  static final Shape RERANK =
      object()
          .need("model", filled())
          .need("query", filled())
          .need("documents", filledList(text()))
          .may("top_n", whole(1, MANY))
          .may("return_documents", flag());

  private static final Shape INPUT_PARTS =
      filledList(
          byWord(
              "type",
              "input_text",
              object().need("type", text()).need("text", text()),
              "input_image",
              object()
                  .need("type", text())
                  .mayNull("image_url", filled())
                  .mayNull("file_id", filled())
                  .may("detail", word("low", "high", "auto", "original")),
              "input_file",
              object()
                  .need("type", text())
                  .may("file_data", filled())
                  .mayNull("file_id", filled())
                  .may("file_url", filled())
                  .may("filename", text()),
              "output_text",
              object()
                  .need("type", text())
                  .need("text", text())
                  .may("annotations", list(free()))
                  .may("logprobs", list(free())),
              "refusal",
              object().need("type", text()).need("refusal", text())));

  private static final Shape STATUS = word("in_progress", "completed", "incomplete");

  private static final Shape.Fields MESSAGE_ITEM =
      object()
          .need("role", word("user", "assistant", "system", "developer"))
          .need("content", either(text(), INPUT_PARTS))
          .may("type", word("message"))
          .may("id", filled())
          .may("status", STATUS)
          .mayNull("phase", text());

  private static final Shape ITEM =
      either(
          MESSAGE_ITEM,
          byWord(
              "type",
              "function_call",
              object()
                  .need("type", text())
                  .need("call_id", filled())
                  .need("name", filled())
                  .need("arguments", text())
                  .may("id", filled())
                  .may("status", STATUS),
              "function_call_output",
              object()
                  .need("type", text())
                  .need("call_id", filled())
                  .need("output", either(text(), INPUT_PARTS))
                  .mayNull("id", filled())
                  .mayNull("status", STATUS),
              "reasoning",
              object()
                  .need("type", text())
                  .need("id", filled())
                  .need("summary", list(free()))
                  .may("content", list(free()))
                  .mayNull("encrypted_content", text())
                  .mayNull("status", STATUS)));

  static final Shape RESPONSES =
      object()
          .need("model", filled())
          .need("input", either(text(), filledList(ITEM)))
          .mayNull("instructions", text())
          .mayNull("include", list(text()))
          .mayNull("max_output_tokens", whole(16, MANY))
          .mayNull("max_tool_calls", whole(1, MANY))
          .mayNull("metadata", new Shape.MapOf(text()))
          .mayNull("parallel_tool_calls", flag())
          .mayNull("previous_response_id", filled())
          .mayNull("prompt_cache_key", text())
          .mayNull(
              "reasoning",
              object()
                  .mayNull("effort", EFFORT)
                  .mayNull("summary", word("auto", "concise", "detailed")))
          .mayNull("safety_identifier", text())
          .mayNull("service_tier", word("auto", "default", "flex", "scale", "priority", "fast"))
          .mayNull("store", flag())
          .mayNull("stream", flag())
          .mayNull("stream_options", object().may("include_obfuscation", flag()))
          .mayNull("temperature", number(0, 2))
          .mayNull("top_p", number(0, 1))
          .mayNull("top_logprobs", whole(0, 20))
          .mayNull("truncation", word("auto", "disabled"))
          .may("user", text())
          .may(
              "text",
              object()
                  .may(
                      "format",
                      byWord(
                          "type",
                          "text",
                          object().need("type", text()),
                          "json_object",
                          object().need("type", text()),
                          "json_schema",
                          object()
                              .need("type", text())
                              .need("name", filled())
                              .need("schema", free())
                              .may("description", text())
                              .mayNull("strict", flag())))
                  .mayNull("verbosity", word("low", "medium", "high")))
          .may(
              "tools",
              list(
                  byWord(
                      "type",
                      "function",
                      object()
                          .need("type", text())
                          .need("name", filled())
                          .need("parameters", new Shape.OrNull(free()))
                          .need("strict", new Shape.OrNull(flag()))
                          .mayNull("description", text()),
                      "web_search",
                      free())))
          .may(
              "tool_choice",
              either(
                  word("none", "auto", "required"),
                  object().need("type", word("function")).need("name", filled())))
          .may(TOMORROW, new Shape.Anything());

  private OpenAiShapes() {}
}
