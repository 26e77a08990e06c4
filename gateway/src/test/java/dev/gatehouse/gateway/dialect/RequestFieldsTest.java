package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.conversation.Conversation;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every field of the vendors' requests, as their Python SDKs document them (openai 3.22.1,
 * anthropic 1.13.0), with a value that is not the usual one: it changes the conversation, or is
 * refused by its name, or is one of the few hints that change no answer. None is dropped.
 */
class RequestFieldsTest {
  private static final Set<String> CHAT_HINTS =
      Set.of("prompt_cache_key", "prompt_cache_options", "prompt_cache_retention");
  private static final Set<String> RESPONSES_HINTS =
      Set.of(
          "max_tool_calls", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "messages|[{\"role\":\"user\",\"content\":\"Bye\"}]",
        "model|\"slow\"",
        "audio|{\"format\":\"wav\",\"voice\":\"ash\"}",
        "frequency_penalty|0.5",
        "function_call|\"auto\"",
        "functions|[{\"name\":\"f\"}]",
        "logit_bias|{\"5\":1}",
        "logprobs|true",
        "max_completion_tokens|5",
        "max_tokens|5",
        "metadata|{\"a\":\"b\"}",
        "modalities|[\"text\",\"audio\"]",
        "moderation|{\"model\":\"m\"}",
        "n|2",
        "parallel_tool_calls|false",
        "prediction|{\"type\":\"content\",\"content\":\"a\"}",
        "presence_penalty|0.5",
        "prompt_cache_key|\"k\"",
        "prompt_cache_options|{\"mode\":\"explicit\"}",
        "prompt_cache_retention|\"24h\"",
        "reasoning_effort|\"low\"",
        "response_format|{\"type\":\"json_object\"}",
        "safety_identifier|\"u\"",
        "seed|1",
        "service_tier|\"flex\"",
        "stop|[\"END\"]",
        "store|true",
        "stream|true",
        "stream_options|{\"include_usage\":true}",
        "temperature|0.5",
        "tool_choice|\"required\"",
        "tools|[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
        "top_logprobs|2",
        "top_p|0.5",
        "user|\"u\"",
        "verbosity|\"low\"",
        "web_search_options|{\"search_context_size\":\"low\"}",
      })
  void chat(String field, String value) {
    String base = "{\"model\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    check(ChatCompletions.OPENAI, base, field, value, CHAT_HINTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "max_tokens|5",
        "messages|[{\"role\":\"user\",\"content\":\"Bye\"}]",
        "model|\"slow\"",
        "cache_control|{\"type\":\"ephemeral\"}",
        "container|\"c\"",
        "diagnostics|{\"previous_message_id\":\"m\"}",
        "inference_geo|\"us\"",
        "metadata|{\"user_id\":\"u\"}",
        "output_config|{\"effort\":\"low\"}",
        "service_tier|\"batch\"",
        "stop_sequences|[\"END\"]",
        "stream|true",
        "system|\"Be brief.\"",
        "temperature|0.5",
        "thinking|{\"type\":\"disabled\"}",
        "tool_choice|{\"type\":\"any\"}",
        "tools|[{\"name\":\"f\",\"input_schema\":{}}]",
        "top_k|5",
        "top_p|0.5",
        "user_profile_id|\"u\"",
        "workspace_id|\"w\"",
        "betas|[\"b\"]",
        "context_management|{\"edits\":[]}",
        "mcp_servers|[{\"url\":\"u\"}]",
        "output_format|{\"type\":\"json_schema\",\"schema\":{}}",
      })
  void messages(String field, String value) {
    String base =
        "{\"model\":\"fast\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    check(new Messages(), base, field, value, Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "access_programs|{\"cyber\":\"standard\"}",
        "background|true",
        "context_management|[{\"type\":\"compaction\"}]",
        "conversation|\"c\"",
        "include|[\"message.output_text.logprobs\"]",
        "input|\"Bye\"",
        "instructions|\"Be brief.\"",
        "max_output_tokens|5",
        "max_tool_calls|5",
        "metadata|{\"a\":\"b\"}",
        "model|\"slow\"",
        "moderation|{\"model\":\"m\"}",
        "parallel_tool_calls|false",
        "previous_response_id|\"r\"",
        "prompt|{\"id\":\"p\"}",
        "prompt_cache_key|\"k\"",
        "prompt_cache_options|{\"mode\":\"explicit\"}",
        "prompt_cache_retention|\"24h\"",
        "reasoning|{\"effort\":\"low\"}",
        "safety_identifier|\"u\"",
        "service_tier|\"flex\"",
        "store|true",
        "stream|true",
        "stream_options|{\"frobnicate\":true}",
        "temperature|0.5",
        "text|{\"format\":{\"type\":\"json_object\"}}",
        "tool_choice|\"required\"",
        "tools|[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{},\"strict\":true}]",
        "top_logprobs|2",
        "top_p|0.5",
        "truncation|\"auto\"",
        "user|\"u\"",
      })
  void responses(String field, String value) {
    String base = "{\"model\":\"fast\",\"input\":\"Hello\"}";
    check(new Responses(), base, field, value, RESPONSES_HINTS);
  }

  private static void check(
      ClientDialect dialect, String base, String field, String value, Set<String> hints) {
    Conversation without;
    try {
      without = dialect.read(json(base));
    } catch (UntranslatableException e) {
      throw new AssertionError(e);
    }
    Conversation with;
    try {
      var request = (ObjectNode) json(base);
      request.set(field, json("[" + value + "]").get(0));
      with = dialect.read(request);
    } catch (UntranslatableException e) {
      assertThat(e.field()).startsWith(field);
      assertThat(e).hasMessageContaining(field);
      assertThat(hints).doesNotContain(field);
      return;
    }
    if (hints.contains(field)) {
      assertThat(with).isEqualTo(without);
    } else {
      assertThat(with).isNotEqualTo(without);
    }
  }

  private static JsonNode json(String text) throws UntranslatableException {
    return LimitedJson.request(text.getBytes(StandardCharsets.UTF_8));
  }
}
