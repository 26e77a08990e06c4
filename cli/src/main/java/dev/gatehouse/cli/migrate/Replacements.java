package dev.gatehouse.cli.migrate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What takes the place of what LiteLLM exports (docs.litellm.ai, the openai library 1.x to 3.x).
 */
final class Replacements {
  /** The two clients that a patch makes. */
  static final String CLIENT = "gatehouse";

  static final String ASYNC_CLIENT = "gatehouse_async";

  private static final String CHAT = ".chat.completions.create";
  private static final String SETTING = "Delete it: ";

  /**
   * A function with the same arguments in the openai library.
   *
   * @param text the whole name, with the client
   * @param arguments that both have
   */
  record Call(String text, Set<String> arguments) {
    boolean isAsync() {
      return text.startsWith(ASYNC_CLIENT + ".");
    }
  }

  private static final Set<String> EVERYWHERE = Set.of("timeout", "extra_headers");

  private static final Set<String> CHAT_ARGUMENTS =
      Set.of(
          "model",
          "messages",
          "temperature",
          "top_p",
          "n",
          "stream",
          "stream_options",
          "stop",
          "max_tokens",
          "max_completion_tokens",
          "presence_penalty",
          "frequency_penalty",
          "logit_bias",
          "user",
          "response_format",
          "seed",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "logprobs",
          "top_logprobs",
          "reasoning_effort");

  private static final Set<String> EMBEDDING_ARGUMENTS =
      Set.of("model", "input", "dimensions", "encoding_format", "user");

  private static final Set<String> RESPONSES_ARGUMENTS =
      Set.of(
          "model",
          "input",
          "instructions",
          "max_output_tokens",
          "temperature",
          "top_p",
          "stream",
          "tools",
          "tool_choice",
          "previous_response_id",
          "reasoning");

  private static final Map<String, Call> CALLS =
      Map.of(
          "completion", new Call(CLIENT + CHAT, CHAT_ARGUMENTS),
          "acompletion", new Call(ASYNC_CLIENT + CHAT, CHAT_ARGUMENTS),
          "embedding", new Call(CLIENT + ".embeddings.create", EMBEDDING_ARGUMENTS),
          "aembedding", new Call(ASYNC_CLIENT + ".embeddings.create", EMBEDDING_ARGUMENTS),
          "responses", new Call(CLIENT + ".responses.create", RESPONSES_ARGUMENTS),
          "aresponses", new Call(ASYNC_CLIENT + ".responses.create", RESPONSES_ARGUMENTS));

  /** LiteLLM's exceptions are subclasses of these; the last three have other names. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("AuthenticationError", "AuthenticationError"),
          Map.entry("BadRequestError", "BadRequestError"),
          Map.entry("NotFoundError", "NotFoundError"),
          Map.entry("RateLimitError", "RateLimitError"),
          Map.entry("APIError", "APIError"),
          Map.entry("APIConnectionError", "APIConnectionError"),
          Map.entry("InternalServerError", "InternalServerError"),
          Map.entry("PermissionDeniedError", "PermissionDeniedError"),
          Map.entry("UnprocessableEntityError", "UnprocessableEntityError"),
          Map.entry("Timeout", "APITimeoutError"),
          Map.entry("OpenAIError", "OpenAIError"));

  private static final Map<String, String> SENTENCES = new HashMap<>();

  static {
    say(
        "The gateway's own models, retries and fallbacks: gatehouse gateway import-litellm, then the"
            + " plain client.",
        "Router",
        "router");
    say(
        "No counterpart: the gateway has no /completions. Use " + CLIENT + CHAT + ".",
        "text_completion",
        "atext_completion");
    say(
        "No counterpart: the gateway has no images, audio, files or moderation. Ask that provider itself.",
        "image_generation",
        "aimage_generation",
        "image_edit",
        "transcription",
        "atranscription",
        "speech",
        "aspeech",
        "moderation",
        "amoderation",
        "create_file",
        "create_batch");
    say("POST to /v1/rerank of the gateway with httpx.", "rerank", "arerank");
    say(
        "tiktoken in the client, or POST to /v1/messages/count_tokens of the gateway.",
        "token_counter",
        "encode",
        "decode",
        "get_max_tokens",
        "trim_messages");
    say(
        "The gateway counts cost by key; its answers carry it in a header (with_raw_response).",
        "completion_cost",
        "cost_per_token",
        "response_cost_calculator",
        "model_cost",
        "register_model",
        "BudgetManager");
    say(
        SETTING
            + "the gateway counts usage and has /metrics; traces are the openai library's"
            + " instrumentation.",
        "callbacks",
        "success_callback",
        "failure_callback",
        "input_callback",
        "_async_success_callback",
        "_async_failure_callback",
        "CustomLogger");
    say(
        SETTING + "provider keys stay with the gateway; the application has its own key.",
        "api_key",
        "openai_key",
        "anthropic_key",
        "azure_key",
        "cohere_key",
        "api_base",
        "api_version",
        "organization",
        "headers");
    say(SETTING + "set drop-unsupported in gatehouse.toml.", "drop_params", "modify_params");
    say(SETTING + "set retries in gatehouse.toml.", "num_retries");
    say(SETTING + "set timeout in gatehouse.toml, or timeout= of the client.", "request_timeout");
    say(
        SETTING + "set fallbacks in gatehouse.toml.",
        "fallbacks",
        "default_fallbacks",
        "context_window_fallbacks",
        "model_fallbacks",
        "model_alias_map");
    say(
        SETTING + "set OPENAI_LOG=debug in the environment.",
        "set_verbose",
        "suppress_debug_info",
        "_turn_on_debug",
        "verbose_logger");
    say(SETTING + "the gateway keeps no answers.", "cache", "Cache", "enable_cache", "caching");
    say(
        "openai.BadRequestError, and look at its code.",
        "ContextWindowExceededError",
        "ContentPolicyViolationError",
        "UnsupportedParamsError",
        "InvalidRequestError");
    say(
        "openai.APIStatusError, and look at status_code.",
        "ServiceUnavailableError",
        "BudgetExceededError");
    say("openai.types.chat.ChatCompletion", "ModelResponse");
    say("openai.types.CreateEmbeddingResponse", "EmbeddingResponse");
    say("openai.types.chat.ChatCompletionMessage", "Message");
    say("Collect the chunks yourself: each has choices[0].delta.", "stream_chunk_builder");
  }

  private Replacements() {}

  private static void say(String sentence, String... names) {
    for (String name : names) {
      SENTENCES.put(name, sentence);
    }
  }

  /** The call that does the same. */
  static Optional<Call> call(String name) {
    return Optional.ofNullable(CALLS.get(name));
  }

  /** Whether both know an argument. */
  static boolean knows(Call call, String argument) {
    return call.arguments().contains(argument) || EVERYWHERE.contains(argument);
  }

  /** The openai library's exception that is caught instead. */
  static Optional<String> exception(String name) {
    return Optional.ofNullable(EXCEPTIONS.get(name));
  }

  /** What to do about anything that LiteLLM exports. */
  static String of(String name) {
    Call call = CALLS.get(name);
    if (call != null) {
      return call.text() + "(...)";
    }
    String exception = EXCEPTIONS.get(name);
    if (exception != null) {
      return "openai." + exception;
    }
    return SENTENCES.getOrDefault(
        name, "No counterpart in the openai library that we know of; do without.");
  }
}
