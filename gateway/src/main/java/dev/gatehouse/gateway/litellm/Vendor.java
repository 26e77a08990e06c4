package dev.gatehouse.gateway.litellm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What LiteLLM means by the part of a model before its first slash. Addresses and variables are
 * those of LiteLLM's provider pages (docs.litellm.ai/docs/providers).
 *
 * @param prefix without the slash
 * @param type what Gatehouse calls it, as {@code [[gateway.provider]]} has it
 * @param baseUrl where it is; null where it is the type's own, or must be configured
 * @param keyVariable where LiteLLM looks for the key when none is configured; null where it needs
 *     none
 * @param baseVariable where LiteLLM looks for the address when none is configured; null for nowhere
 */
record Vendor(
    String prefix,
    String type,
    @Nullable String baseUrl,
    @Nullable String keyVariable,
    @Nullable String baseVariable) {
  static final String OPENAI = "openai";
  static final String AZURE = "azure";
  static final String BEDROCK = "bedrock";

  private static final Map<String, Vendor> ALL = new HashMap<>();

  static {
    for (Vendor vendor :
        List.of(
            own("openai", OPENAI, "OPENAI_API_KEY"),
            own("custom_openai", OPENAI, "OPENAI_API_KEY"),
            own("anthropic", "anthropic", "ANTHROPIC_API_KEY"),
            own("gemini", "gemini", "GEMINI_API_KEY"),
            own("cohere", "cohere", "COHERE_API_KEY"),
            own("cohere_chat", "cohere", "COHERE_API_KEY"),
            own("mistral", "mistral", "MISTRAL_API_KEY"),
            own("bedrock", BEDROCK, null),
            own("bedrock_converse", BEDROCK, null),
            configured("azure", AZURE, "AZURE_API_KEY", "AZURE_API_BASE"),
            new Vendor("ollama", "ollama", "http://127.0.0.1:11434/v1", null, null),
            new Vendor("ollama_chat", "ollama", "http://127.0.0.1:11434/v1", null, null),
            configured("hosted_vllm", OPENAI, null, "HOSTED_VLLM_API_BASE"),
            configured("openai_like", OPENAI, null, "OPENAI_LIKE_API_BASE"),
            configured("litellm_proxy", OPENAI, "LITELLM_PROXY_API_KEY", "LITELLM_PROXY_API_BASE"),
            configured("lm_studio", OPENAI, null, "LM_STUDIO_API_BASE"),
            configured("xinference", OPENAI, null, "XINFERENCE_API_BASE"),
            configured("databricks", OPENAI, "DATABRICKS_API_KEY", "DATABRICKS_API_BASE"),
            new Vendor("llamafile", OPENAI, "http://127.0.0.1:8080/v1", null, null),
            compatible("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY"),
            compatible("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"),
            compatible("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
            compatible("together_ai", "https://api.together.xyz/v1", "TOGETHERAI_API_KEY"),
            compatible(
                "fireworks_ai", "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY"),
            compatible("perplexity", "https://api.perplexity.ai", "PERPLEXITYAI_API_KEY"),
            compatible("xai", "https://api.x.ai/v1", "XAI_API_KEY"),
            compatible("codestral", "https://codestral.mistral.ai/v1", "CODESTRAL_API_KEY"),
            compatible("deepinfra", "https://api.deepinfra.com/v1/openai", "DEEPINFRA_API_KEY"),
            compatible("nvidia_nim", "https://integrate.api.nvidia.com/v1", "NVIDIA_NIM_API_KEY"),
            compatible("cerebras", "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY"),
            compatible("sambanova", "https://api.sambanova.ai/v1", "SAMBANOVA_API_KEY"),
            compatible("moonshot", "https://api.moonshot.ai/v1", "MOONSHOT_API_KEY"),
            compatible(
                "dashscope",
                "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
                "DASHSCOPE_API_KEY"),
            compatible("nebius", "https://api.studio.nebius.ai/v1", "NEBIUS_API_KEY"),
            compatible("novita", "https://api.novita.ai/v3/openai", "NOVITA_API_KEY"),
            compatible("hyperbolic", "https://api.hyperbolic.xyz/v1", "HYPERBOLIC_API_KEY"),
            compatible("featherless_ai", "https://api.featherless.ai/v1", "FEATHERLESS_AI_API_KEY"),
            compatible(
                "volcengine", "https://ark.cn-beijing.volces.com/api/v3", "VOLCENGINE_API_KEY"),
            compatible("meta_llama", "https://api.llama.com/compat/v1", "LLAMA_API_KEY"),
            compatible("zai", "https://api.z.ai/api/paas/v4", "ZAI_API_KEY"),
            compatible("ai21", "https://api.ai21.com/studio/v1", "AI21_API_KEY"),
            compatible("github", "https://models.inference.ai.azure.com", "GITHUB_API_KEY"),
            compatible("minimax", "https://api.minimax.io/v1", "MINIMAX_API_KEY"),
            compatible("nscale", "https://inference.api.nscale.com/v1", "NSCALE_API_KEY"),
            compatible("scaleway", "https://api.scaleway.ai/v1", "SCW_SECRET_KEY"),
            compatible("lambda_ai", "https://api.lambda.ai/v1", "LAMBDA_API_KEY"),
            compatible(
                "vercel_ai_gateway",
                "https://ai-gateway.vercel.sh/v1",
                "VERCEL_AI_GATEWAY_API_KEY"))) {
      ALL.put(vendor.prefix, vendor);
    }
  }

  /** Names that LiteLLM knows without a prefix, in the order in which they are tried. */
  private static final List<Bare> BARE =
      List.of(
          new Bare(
              "(gpt-|chatgpt-|o[1345](-|$)|text-embedding-|text-moderation|ft:|codex-"
                  + "|computer-use-|dall-e|whisper|tts-|omni-moderation).*",
              "openai"),
          new Bare("claude-.*", "anthropic"),
          new Bare("(command|embed-|rerank-|c4ai-).*", "cohere"),
          new Bare("deepseek-(chat|coder|reasoner)", "deepseek"),
          new Bare("(anthropic|amazon|meta|cohere|mistral|ai21)\\.[^/]+", "bedrock"));

  private record Bare(Pattern name, String prefix) {
    Bare(String name, String prefix) {
      this(Pattern.compile(name), prefix);
    }
  }

  private static Vendor own(String prefix, String type, @Nullable String keyVariable) {
    return new Vendor(prefix, type, null, keyVariable, null);
  }

  private static Vendor compatible(String prefix, String baseUrl, String keyVariable) {
    return new Vendor(prefix, OPENAI, baseUrl, keyVariable, null);
  }

  private static Vendor configured(
      String prefix, String type, @Nullable String keyVariable, String baseVariable) {
    return new Vendor(prefix, type, null, keyVariable, baseVariable);
  }

  /** The vendor of a prefix; none where Gatehouse cannot ask it. */
  static Optional<Vendor> of(String prefix) {
    return Optional.ofNullable(ALL.get(prefix));
  }

  /** The vendor that LiteLLM takes for a model without a prefix. */
  static Optional<Vendor> ofBare(String model) {
    return BARE.stream()
        .filter(bare -> bare.name().matcher(model).matches())
        .findFirst()
        .flatMap(bare -> of(bare.prefix()));
  }

  /** Why a prefix that has no vendor has none, a clause. */
  static String whyNot(String prefix) {
    return switch (prefix) {
      case "vertex_ai", "vertex_ai_beta" ->
          "Vertex AI signs in with a Google service account, which Gatehouse cannot";
      case "azure_ai" -> "Azure AI Foundry's own format is none that Gatehouse speaks";
      case "sagemaker", "sagemaker_chat" -> "Gatehouse does not speak SageMaker's format";
      case "text-completion-openai", "azure_text", "text-completion-codestral" ->
          "Gatehouse has no /completions, the format before chat completions";
      case "auto_router" -> "Gatehouse chooses no model by what a prompt says";
      default -> "Gatehouse knows no provider %s/".formatted(prefix);
    };
  }

  /** What to do about it. */
  static String instead(String prefix) {
    return switch (prefix) {
      case "vertex_ai", "vertex_ai_beta" ->
          "Use the same model by gemini/ or anthropic/ with an API key, or leave it at LiteLLM.";
      case "azure_ai" ->
          "Deploy the model in Azure OpenAI (azure/), or name its OpenAI-compatible address as openai/.";
      case "text-completion-openai", "azure_text", "text-completion-codestral" ->
          "Use chat completions with a chat model.";
      case "auto_router" -> "Name a model in the request.";
      default ->
          "Where it has an OpenAI-compatible address, give that as api_base of openai/MODEL, and import again.";
    };
  }
}
