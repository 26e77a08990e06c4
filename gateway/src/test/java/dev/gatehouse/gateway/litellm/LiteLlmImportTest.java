package dev.gatehouse.gateway.litellm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.gateway.litellm.Remark.Kind;
import dev.gatehouse.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

class LiteLlmImportTest {
  private static final Path EXAMPLES = Path.of("src/test/resources/dev/gatehouse/gateway/litellm");

  @TempDir private Path folder;

  private static String told(LiteLlmImport imported) {
    return imported.remarks().stream()
        .map(
            remark ->
                "%s:%d %s %s: %s %s"
                    .formatted(
                        remark.file(),
                        remark.line(),
                        remark.kind(),
                        remark.key(),
                        remark.why(),
                        remark.remedy())
                    .strip())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private LiteLlmImport imported(String yaml) throws Exception {
    return LiteLlmImport.of(Files.writeString(folder.resolve("config.yaml"), yaml), false);
  }

  private static TomlTable only(LiteLlmImport imported, String array) {
    TomlParseResult toml = Toml.parse(imported.toml());
    assertThat(toml.errors()).isEmpty();
    var tables = toml.getArrayOrEmpty(array);
    assertThat(tables.size()).isEqualTo(1);
    return tables.getTable(0);
  }

  private static String model(String parameters) {
    return """
        model_list:
          - model_name: one
            litellm_params:
              %s
        """
        .formatted(parameters.replace("\n", "\n      "));
  }

  @ParameterizedTest
  @CsvSource({"one, 1, 1", "five, 4, 5", "twenty, 12, 15", "sixty, 43, 53"})
  void takesAConfigurationOver(String name, int providers, int models) throws Exception {
    Path example = EXAMPLES.resolve(name);

    LiteLlmImport imported = LiteLlmImport.of(example.resolve("config.yaml"), false);

    assertThat(imported.toml()).isEqualTo(Files.readString(example.resolve("gatehouse.toml")));
    assertThat(told(imported)).isEqualTo(Files.readString(example.resolve("remarks.txt")));
    assertThat(imported.providers()).isEqualTo(providers);
    assertThat(imported.models()).isEqualTo(models);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "five", "twenty", "sixty"})
  void writesTomlWithoutAnySecret(String name) throws Exception {
    LiteLlmImport imported = LiteLlmImport.of(EXAMPLES.resolve(name).resolve("config.yaml"), false);

    assertThat(Toml.parse(imported.toml()).errors()).isEmpty();
    assertThat(imported.toml() + told(imported)).doesNotContain("CANARY");
  }

  @Test
  void saysNothingOfWhatIsWhollyHonoured() throws Exception {
    LiteLlmImport imported =
        imported(model("model: anthropic/claude-sonnet-4-5\napi_key: os.environ/KEY"));

    assertThat(imported.remarks()).isEmpty();
    assertThat(only(imported, "gateway.provider").getString("api-key")).isEqualTo("env:KEY");
  }

  @ParameterizedTest
  @CsvSource({
    "openai/gpt-5, openai, gpt-5",
    "gpt-5, openai, gpt-5",
    "o3, openai, o3",
    "azure/o_series/mine, azure, mine",
    "claude-opus-4-1, anthropic, claude-opus-4-1",
    "gemini/gemini-2.5-pro, gemini, gemini-2.5-pro",
    "command-r-plus, cohere, command-r-plus",
    "cohere_chat/command-r, cohere, command-r",
    "mistral/mistral-small, mistral, mistral-small",
    "bedrock/converse/anthropic.claude, bedrock, anthropic.claude",
    "anthropic.claude-v2:1, bedrock, anthropic.claude-v2:1",
    "ollama/llama3, ollama, llama3",
    "openrouter/qwen/qwen3, openai, qwen/qwen3",
    "fireworks_ai/qwen3, openai, accounts/fireworks/models/qwen3",
    "hosted_vllm/a/b, openai, a/b",
    "groq/*, openai, *"
  })
  void findsTheProviderOfAModel(String theirs, String type, String ours) throws Exception {
    String yaml = model("model: \"%s\"".formatted(theirs));
    LiteLlmImport imported = imported(theirs.endsWith("*") ? yaml.replace("one", "x-*") : yaml);

    assertThat(only(imported, "gateway.provider").getString("type")).isEqualTo(type);
    assertThat(only(imported, "gateway.model").getString("model")).isEqualTo(ours);
    assertThat(imported.of(Kind.NOT_HONOURED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vertex_ai/gemini-2.5-pro",
        "gemini-2.5-pro",
        "replicate/x",
        "no-such-model",
        "os.environ/MODEL",
        "whisper-1",
        "azure_ai/x",
        "openai/*"
      })
  void leavesOutAModelThatItCannotServeAndSaysSo(String model) throws Exception {
    LiteLlmImport imported = imported(model("model: \"%s\"".formatted(model)));

    assertThat(imported.models()).isZero();
    assertThat(imported.of(Kind.NOT_HONOURED))
        .singleElement()
        .satisfies(
            remark -> {
              assertThat(remark.line()).isEqualTo(4);
              assertThat(remark.why()).startsWith("The model one is left out: ");
              assertThat(remark.remedy()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "https://proxy.example/v1/, https://proxy.example/v1, false",
    "https://proxy.example/v1/chat/completions, https://proxy.example/v1, false",
    "http://0.0.0.0:8000/v1, http://127.0.0.1:8000/v1, true",
    "http://LOCALHOST:8000, http://localhost:8000, true",
    "http://[::1]:8000/v1, http://[::1]:8000/v1, true",
    "http://192.168.3.4, http://192.168.3.4, true",
    "https://172.32.0.1, https://172.32.0.1, false",
    "http://vllm.svc.cluster.local/v1, http://vllm.svc.cluster.local/v1, true"
  })
  void writesAnAddressAsGatehouseWantsIt(String theirs, String ours, boolean isPrivate)
      throws Exception {
    TomlTable provider =
        only(imported(model("model: openai/x\napi_base: " + theirs)), "gateway.provider");

    assertThat(provider.getString("base-url")).isEqualTo(ours);
    assertThat(provider.getBoolean("allow-private-address", () -> false)).isEqualTo(isPrivate);
    assertThat(provider.getString("name")).isEqualTo("openai-compatible");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:CANARY@proxy.example/",
        "https://proxy.example/?key=CANARY",
        "CANARY",
        "file:///etc/CANARY",
        "http://public.example/v1/CANARY",
        "<CANARY>"
      })
  void takesNoAddressThatMayHoldASecret(String address) throws Exception {
    LiteLlmImport imported =
        imported(model("model: openai/x\napi_base: \"%s\"".formatted(address)));

    assertThat(imported.models()).isZero();
    assertThat(imported.toml() + told(imported)).doesNotContain("CANARY");
    assertThat(imported.of(Kind.NOT_HONOURED))
        .singleElement()
        .extracting(Remark::line)
        .isEqualTo(5);
  }

  @Test
  void sendsNoVendorsKeyToAnotherAddress() throws Exception {
    LiteLlmImport imported = imported(model("model: openai/x\napi_base: https://other.example/v1"));

    assertThat(only(imported, "gateway.provider").getString("api-key")).isEqualTo("none");
    assertThat(imported.of(Kind.STEP))
        .extracting(Remark::line, Remark::key)
        .contains(tuple(4, "litellm_params.api_key"));
  }

  @Test
  void joinsProvidersOnlyWhereAddressAndKeyAreTheSame() throws Exception {
    LiteLlmImport imported =
        imported(
            """
            model_list:
              - {model_name: a, litellm_params: {model: gpt-5, api_key: CANARY-1}}
              - {model_name: b, litellm_params: {model: gpt-5-mini, api_key: CANARY-1}}
              - {model_name: c, litellm_params: {model: gpt-5-nano, api_key: CANARY-2}}
            """);

    assertThat(imported.providers()).isEqualTo(2);
    assertThat(imported.of(Kind.STEP))
        .extracting(Remark::line, Remark::remedy)
        .containsExactly(
            tuple(2, "Store it: gatehouse gateway provider set-key openai"),
            tuple(4, "Store it: gatehouse gateway provider set-key openai-2"));
  }

  @Test
  void lastsThroughAHostileName() throws Exception {
    LiteLlmImport imported =
        imported(
            """
            model_list:
              - model_name: "a\\"]\\n[gateway]\\nx = 1 \\u202e"
                litellm_params: {model: gpt-5}
              - model_name: 'b"]'
                litellm_params: {model: 'openai/\\"'}
            router_settings:
              model_group_alias: {'k"]': 'b"]'}
            """);

    TomlParseResult toml = Toml.parse(imported.toml());
    assertThat(toml.errors()).isEmpty();
    assertThat(toml.getTableOrEmpty("gateway.aliases").toMap()).containsEntry("k\"]", "b\"]");
    assertThat(imported.models()).isEqualTo(1);
    assertThat(told(imported)).doesNotContain("\u202e");
  }

  @Test
  void readsIncludedFilesOfTheFolderAndNoOthers() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside.yaml"), "model_list: []\n");
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(inner.resolve("more.yaml"), model("model: gpt-5").replace("one", "more"));
    Files.createSymbolicLink(inner.resolve("link.yaml"), outside);
    Files.writeString(
        inner.resolve("config.yaml"),
        "include: [more.yaml, ../outside.yaml, link.yaml, missing.yaml, %s]\nmodel_list: []\n"
            .formatted(outside));

    LiteLlmImport imported = LiteLlmImport.of(inner.resolve("config.yaml"), false);

    assertThat(only(imported, "gateway.model").getString("name")).isEqualTo("more");
    assertThat(imported.of(Kind.NOT_HONOURED)).hasSize(4).allMatch(r -> r.key().equals("include"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- a list\n",
        "just text",
        "",
        "other: 1\n",
        "model_list: [\n",
        "model_list: []\n---\nmodel_list: []\n",
        "model_list: []\nmodel_list: []\n",
        "model_list: &a [*a]\n",
        "? [a]\n: b\n",
        "model_list: !!python/object/apply:os.system [x]\nx: *none\n",
        "\u0000",
        "model_list:\n\t- x\n",
        "proxy_config: {model_list: []}\n"
      })
  void refusesInOneLineWhatIsNoConfiguration(String yaml) {
    assertThatThrownBy(() -> imported(yaml))
        .isInstanceOf(ImportException.class)
        .message()
        .doesNotContain("\n")
        .isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_list: []NEXTmodel_list: []|line 2: the key model_list stands in line 1 already; LiteLLM would take the last one only",
        "model_list: []NEXTa: [|line 2: it is no YAML: expected the node content, but found '<stream end>'",
        "a: \u0000b|it is no YAML: special characters are not allowed",
        "model_list: &a [*a]|line 1: an alias leads back to itself",
        "- a|it is no mapping of keys to values",
        "model_list: []NEXT---NEXTa: 1|it has more than one document (---)"
      })
  void saysWhatIsWrongAndInWhichLine(String yaml, String message) {
    assertThatThrownBy(() -> imported(yaml.replace("NEXT", "\n")))
        .isInstanceOf(ImportException.class)
        .hasMessage(message);
  }

  @Test
  void saysInWhichFileAValueStands() throws Exception {
    Files.writeString(folder.resolve("more.yaml"), "\n\ngeneral_settings: {master_key: sk-1}\n");

    LiteLlmImport imported =
        imported("include: [more.yaml]\nmodel_list: []\nlitellm_settings: {cache: false}\n");

    assertThat(imported.remarks())
        .extracting(remark -> remark.file() + ":" + remark.line() + " " + remark.key())
        .contains("more.yaml:3 general_settings.master_key")
        .contains("config.yaml:3 litellm_settings.cache");
  }

  @Test
  void saysThatUsageIsCountedByEndUserWhereLiteLlmWasToldNotTo() throws Exception {
    LiteLlmImport imported =
        imported("model_list: []\nlitellm_settings: {disable_end_user_cost_tracking: true}\n");

    assertThat(told(imported))
        .contains("disable_end_user_cost_tracking: Gatehouse counts usage by end user");
  }

  @Test
  void refusesWhatIsTooMuch() throws IOException {
    List<String> bomb = new ArrayList<>(List.of("a0: &a0 [x, x, x, x, x, x, x, x, x, x]"));
    for (int i = 1; i < 9; i++) {
      String last = "*a" + (i - 1);
      bomb.add("a%d: &a%d [%s]".formatted(i, i, String.join(", ", Collections.nCopies(10, last))));
    }
    assertThatThrownBy(() -> imported(String.join("\n", bomb)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("aliases make more than");
    assertThatThrownBy(() -> imported("model_list: " + "[".repeat(100_000)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("lie in each other");
    assertThatThrownBy(() -> imported("model_list: [" + "x,".repeat(300_000) + "]"))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("values");
    Path large = folder.resolve("large.yaml");
    Files.write(large, ("#" + "x".repeat(YamlReader.MOST_BYTES)).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> LiteLlmImport.of(large, false))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("bytes");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "model_list: [é]".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> LiteLlmImport.of(latin, false))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void tellsNoMoreThanAPersonCanRead() throws Exception {
    StringBuilder yaml = new StringBuilder("model_list: []\ngeneral_settings:\n");
    for (int i = 0; i < Remarks.MOST + 5; i++) {
      yaml.append("  key").append(i).append(": 1\n");
    }

    List<Remark> remarks = imported(yaml.toString()).remarks();

    assertThat(remarks).hasSize(Remarks.MOST + 1);
    assertThat(remarks.getLast().why()).isEqualTo("5 more remarks are left out.");
  }

  @ParameterizedTest
  @CsvSource({
    "input_cost_per_token: 1.25e-06, 1.25",
    "input_cost_per_token: 0.00001, 10",
    "input_cost_per_token: 0, 0",
    "input_cost_per_token: 1e-12, 0.000001"
  })
  void countsPricesByTheMillion(String parameter, String price) throws Exception {
    LiteLlmImport imported = imported(model("model: gpt-5\n" + parameter));

    assertThat(only(imported, "gateway.model").getString("input-price")).isEqualTo(price);
  }

  @Test
  void readsThePricesOfTheCache() throws Exception {
    LiteLlmImport imported =
        imported(
            model(
                """
                model: claude-sonnet-4-6
                input_cost_per_token: 3e-06
                output_cost_per_token: 15e-06
                cache_read_input_token_cost: 3e-07
                cache_creation_input_token_cost: 3.75e-06
                cache_creation_input_token_cost_above_1hr: 6e-06"""));

    assertThat(imported.remarks()).isEmpty();
    assertThat(only(imported, "gateway.model"))
        .returns("0.3", table -> table.getString("cache-read-price"))
        .returns("3.75", table -> table.getString("cache-write-price"))
        .returns("6", table -> table.getString("cache-write-long-price"));
    assertThat(
            imported(model("model: gpt-5\ncache_creation_input_token_cost_above_1hr: 6e-06"))
                .remarks())
        .extracting(Remark::why)
        .contains("It has no effect without the price of input.");
  }

  @Test
  void pricesAnAzureDeploymentByItsModel() throws Exception {
    LiteLlmImport imported =
        imported(
            model("model: azure/mine\napi_base: https://a.openai.azure.com")
                + "    model_info: {base_model: azure/gpt-5}\n");

    assertThat(only(imported, "gateway.model").getString("input-price")).isEqualTo("1.25");
    assertThat(imported.of(Kind.STEP)).isEmpty();
  }

  @Test
  void saysWhichModelHasNoPrice() throws Exception {
    assertThat(imported(model("model: groq/no-such-model")).of(Kind.STEP))
        .singleElement()
        .extracting(Remark::why)
        .isEqualTo("No price is known of no-such-model, and what has none is not called.");
    LiteLlmImport allowed =
        LiteLlmImport.of(
            Files.writeString(folder.resolve("config.yaml"), model("model: groq/no-such-model")),
            true);
    assertThat(allowed.of(Kind.STEP)).isEmpty();
    assertThat(allowed.of(Kind.NOTE))
        .extracting(Remark::why)
        .containsExactly("No price is known of no-such-model: no budget counts what it costs.");
    assertThat(Toml.parse(allowed.toml()).getBoolean("gateway.allow-unpriced")).isTrue();
    LiteLlmImport local =
        imported(model("model: openai/mine\napi_base: http://10.0.0.1/v1\napi_key: x"));
    assertThat(only(local, "gateway.model").getString("output-price")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rpm: many",
        "rpm: -1",
        "timeout: os.environ/T",
        "timeout: 86401",
        "num_retries: 1.5",
        "num_retries: 11",
        "timeout: 0",
        "tpm: 0",
        "input_cost_per_token: 1e-13",
        "output_cost_per_token: 0.006",
        "cache_read_input_token_cost: 1e-6",
        "organization: os.environ/ORG",
        "input_cost_per_token: 1e999999999",
        "weight: [1]",
        "api_key: [x]"
      })
  void saysWhichValueItCannotUse(String parameter) throws Exception {
    LiteLlmImport imported = imported(model("model: gpt-5\n" + parameter));

    assertThat(imported.of(Kind.NOT_HONOURED))
        .singleElement()
        .satisfies(
            remark -> {
              assertThat(remark.line()).isEqualTo(5);
              assertThat(remark.key())
                  .isEqualTo("litellm_params." + parameter.substring(0, parameter.indexOf(':')));
            });
  }
}
