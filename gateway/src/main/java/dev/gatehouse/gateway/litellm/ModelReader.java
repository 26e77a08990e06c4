package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.price.PriceTable;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Entry;
import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Scalar;
import dev.gatehouse.yaml.Yaml.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code model_list}: one deployment after the other. */
final class ModelReader {
  private static final String PARAMETERS = "litellm_params";
  private static final String INFORMATION = "model_info";

  /** Endpoints that Gatehouse has none of; a model that serves those alone is left out. */
  private static final Set<String> OTHER_MODES =
      Set.of(
          "image_generation",
          "image_edit",
          "audio_transcription",
          "audio_speech",
          "moderation",
          "realtime",
          "batch",
          "video_generation",
          "ocr",
          "search",
          "vector_store");

  private static final Pattern OTHER_MODELS =
      Pattern.compile(
          "(dall-e|gpt-image|whisper|tts-|sora|omni-moderation|text-moderation).*"
              + "|gpt-.*-(transcribe|tts|realtime-preview|realtime).*");

  private static final Set<String> HONOURED =
      Set.of(
          "model",
          "api_key",
          "api_base",
          "base_url",
          "api_version",
          "organization",
          "rpm",
          "tpm",
          "weight",
          "timeout",
          "request_timeout",
          "max_retries",
          "num_retries",
          "custom_llm_provider",
          "litellm_credential_name",
          "aws_region_name",
          "aws_access_key_id",
          "aws_secret_access_key",
          "aws_bedrock_runtime_endpoint",
          "aws_session_token",
          "input_cost_per_token",
          "output_cost_per_token",
          "cache_read_input_token_cost",
          "cache_creation_input_token_cost",
          "cache_creation_input_token_cost_above_1hr");

  /** They describe; Gatehouse need not know. */
  private static final Set<String> DESCRIPTIONS =
      Set.of("model_info", "litellm_trace_id", "use_in_pass_through", "use_litellm_proxy");

  private final Remarks remarks;
  private final Values values;
  private final Map<String, Mapping> credentials;
  private final ProviderReader providers;
  private final PriceReader prices;

  /**
   * @param credentials what {@code litellm_credential_name} may name, see {@code credential_list}
   * @param allowUnpriced whether what has no price is called
   */
  ModelReader(Remarks remarks, Map<String, Mapping> credentials, boolean allowUnpriced) {
    this.remarks = remarks;
    this.values = new Values(remarks);
    this.credentials = Map.copyOf(credentials);
    this.providers = new ProviderReader(remarks);
    this.prices = new PriceReader(remarks, PriceTable.builtIn(), allowUnpriced);
  }

  List<Deployment> read(Sequence list) {
    List<Deployment> deployments = new ArrayList<>();
    for (Yaml item : list.items()) {
      if (item instanceof Mapping mapping) {
        deployment(mapping).ifPresent(deployments::add);
      } else {
        remarks.lost(
            item.at(), "model_list", "It is no model.", "Give it model_name and litellm_params.");
      }
    }
    return deployments;
  }

  private Optional<Deployment> deployment(Mapping item) {
    String name = values.text(item.value("model_name"), "model_name").orElse("");
    if (name.isEmpty() || !(item.value(PARAMETERS) instanceof Mapping given)) {
      remarks.lost(
          item.at(),
          "model_list",
          "It has no model_name with litellm_params, so there is no model.",
          "Correct it, and import again.");
      return Optional.empty();
    }
    Mapping parameters = withCredential(given);
    Mapping information =
        item.value(INFORMATION) instanceof Mapping mapping
            ? mapping
            : Mapping.of(item.at(), List.of());
    Optional<Target> target = target(item, name, parameters, information);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    Optional<Provider> provider = providers.read(target.get().vendor(), parameters, target.get());
    if (provider.isEmpty()) {
      return Optional.empty();
    }
    tell(item, parameters, information);
    return Optional.of(
        new Deployment(
            item.at(),
            name,
            target.get().model(),
            provider.get(),
            values.text(information.value("id"), "model_info.id").orElse(null),
            values.number(parameters.value("weight"), key("weight")).orElse(null),
            limit(parameters, item, "rpm"),
            limit(parameters, item, "tpm"),
            first(parameters, "num_retries", "max_retries")
                .flatMap(entry -> values.retries(entry.value(), key(entry.name())))
                .orElse(null),
            first(parameters, "timeout", "request_timeout")
                .flatMap(entry -> values.time(entry.value(), key(entry.name())))
                .orElse(null),
            prices.read(item.at(), parameters, information, provider.get(), target.get().model())));
  }

  /** Older configurations have the limits beside {@code litellm_params}. */
  private @Nullable BigDecimal limit(Mapping parameters, Mapping item, String key) {
    Yaml value = parameters.value(key);
    Yaml given = value == null ? item.value(key) : value;
    Optional<BigDecimal> number = values.number(given, key(key));
    if (given != null && number.isPresent() && number.get().signum() == 0) {
      remarks.lost(
          given.at(),
          key(key),
          "Nothing at all is no limit that Gatehouse has.",
          "Leave out the model, or the limit, and import again.");
      return null;
    }
    return number.orElse(null);
  }

  private static String key(String parameter) {
    return PARAMETERS + "." + parameter;
  }

  private static Optional<Entry> first(Mapping mapping, String... keys) {
    for (String key : keys) {
      for (Entry entry : mapping.entries()) {
        if (entry.name().equals(key) && !Meaning.isOff(entry.value())) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }

  /** What the credential of that name has comes in; what stands here counts first. */
  private Mapping withCredential(Mapping given) {
    Yaml named = given.value("litellm_credential_name");
    Optional<String> name = values.text(named, key("litellm_credential_name"));
    if (named == null || name.isEmpty()) {
      return given;
    }
    Mapping credential = credentials.get(name.get());
    if (credential == null) {
      remarks.lost(
          named.at(),
          key("litellm_credential_name"),
          "No credential of that name stands in credential_list; LiteLLM may have it in its database.",
          "Set the key of the provider: gatehouse gateway provider set-key NAME");
      return given;
    }
    Map<String, Entry> all = new LinkedHashMap<>();
    credential.entries().forEach(entry -> all.put(entry.name(), entry));
    given.entries().forEach(entry -> all.put(entry.name(), entry));
    return Mapping.of(given.at(), List.copyOf(all.values()));
  }

  /**
   * Who is asked for what.
   *
   * @param region of AWS, where the model's name has it; else empty
   */
  record Target(Vendor vendor, String model, String region) {}

  private Optional<Target> target(
      Mapping item, String name, Mapping parameters, Mapping information) {
    Yaml value = parameters.value("model");
    String model = values.text(value, key("model")).orElse("");
    if (value == null || model.isEmpty()) {
      return leftOut(item, name, "litellm_params has no model", "Name it, and import again.");
    }
    if (value instanceof Scalar scalar && Secrets.variable(scalar).isPresent()) {
      return leftOut(
          item, name, "its model is read from a variable", "Write the model, and import again.");
    }
    if (information.value("blocked") instanceof Scalar blocked && Meaning.isTrue(blocked)) {
      return leftOut(item, name, "it is blocked", "Leave it out, or unblock it.");
    }
    Yaml mode = information.value("mode");
    if (mode instanceof Scalar scalar && OTHER_MODES.contains(scalar.text())) {
      return leftOut(
          item,
          name,
          "Gatehouse has no endpoint for " + scalar.text().replace('_', ' '),
          "Let clients ask that provider by themselves.");
    }
    Optional<Target> target = vendor(item, name, model, parameters);
    if (target.isPresent() && OTHER_MODELS.matcher(target.get().model()).matches()) {
      return leftOut(
          item,
          name,
          "Gatehouse has no endpoint for images, audio or moderation",
          "Let clients ask that provider by themselves.");
    }
    return target.flatMap(found -> wildcards(item, name, found));
  }

  private Optional<Target> vendor(Mapping item, String name, String model, Mapping parameters) {
    String custom =
        values.text(parameters.value("custom_llm_provider"), key("custom_llm_provider")).orElse("");
    int slash = model.indexOf('/');
    String prefix = slash > 0 ? model.substring(0, slash) : "";
    if (!custom.isEmpty() && !custom.equals(prefix)) {
      Optional<Vendor> vendor = Vendor.of(custom);
      if (vendor.isEmpty()) {
        return unknown(item, name, custom);
      }
      return Optional.of(named(item, vendor.get(), model));
    }
    if (!prefix.isEmpty()) {
      Optional<Vendor> vendor = Vendor.of(prefix);
      if (vendor.isPresent()) {
        return Optional.of(named(item, vendor.get(), model.substring(slash + 1)));
      }
      return unknown(item, name, prefix);
    }
    Optional<Vendor> vendor = Vendor.ofBare(model);
    if (vendor.isPresent()) {
      return Optional.of(named(item, vendor.get(), model));
    }
    if (model.equals("*")) {
      return leftOut(
          item,
          name,
          "\"*\" stands for every provider whose key LiteLLM finds in its environment",
          "List the providers: clients of Gatehouse ask each for PROVIDER/MODEL without more.");
    }
    if (model.startsWith("gemini")) {
      return leftOut(
          item,
          name,
          "without a prefix LiteLLM asks Vertex AI for it, where Gatehouse cannot sign in",
          "Use gemini/" + Printable.of(model, 100) + " with an API key, and import again.");
    }
    return leftOut(
        item,
        name,
        "its model names no provider",
        "Write the provider before it (openai/MODEL), and import again.");
  }

  private Optional<Target> unknown(Mapping item, String name, String prefix) {
    return leftOut(item, name, Vendor.whyNot(Printable.of(prefix, 60)), Vendor.instead(prefix));
  }

  /** Between prefix and model LiteLLM takes hints on how it asks. */
  private Target named(Mapping item, Vendor vendor, String given) {
    String model = given;
    String region = "";
    switch (vendor.prefix()) {
      case "bedrock", "bedrock_converse" -> {
        for (String hint : List.of("converse/", "converse_like/", "invoke/")) {
          model = model.startsWith(hint) ? model.substring(hint.length()) : model;
        }
        int slash = model.indexOf('/');
        if (slash > 0 && model.substring(0, slash).matches("[a-z]{2}(-[a-z]+)+-[0-9]")) {
          region = model.substring(0, slash);
          model = model.substring(slash + 1);
        }
      }
      case "azure", "openai" -> {
        for (String hint : List.of("o_series/", "gpt5_series/", "global/", "us/", "eu/")) {
          boolean azure = vendor.prefix().equals("azure");
          model = azure && model.startsWith(hint) ? model.substring(hint.length()) : model;
        }
        if (model.startsWith("responses/")) {
          model = model.substring("responses/".length());
          remarks.lost(
              item.at(),
              key("model"),
              "LiteLLM answers chat completions of this model out of the provider's /responses;"
                  + " Gatehouse passes them through.",
              "Ask for it at /v1/responses where it takes no chat completions.");
        }
      }
      case "fireworks_ai" ->
          model =
              model.contains("/") || model.equals("*")
                  ? model
                  : "accounts/fireworks/models/" + model;
      default -> {
        // The rest is the model, slashes and all.
      }
    }
    return new Target(vendor, model, region);
  }

  private Optional<Target> wildcards(Mapping item, String name, Target target) {
    long inName = name.chars().filter(c -> c == '*').count();
    long inModel = target.model().chars().filter(c -> c == '*').count();
    boolean atEnd = name.indexOf('*') == name.length() - 1;
    boolean same = inModel == 0 || target.model().endsWith("*");
    if (inName > 1 || inModel > inName || (inName == 1 && !(atEnd && same))) {
      return leftOut(
          item,
          name,
          "its wildcards cannot be matched",
          "Use one *, at the end of model_name and at the end of model, and import again.");
    }
    return Optional.of(target);
  }

  private <T> Optional<T> leftOut(Mapping item, String name, String why, String remedy) {
    Yaml parameters = item.value(PARAMETERS);
    Yaml model = parameters instanceof Mapping mapping ? mapping.value("model") : null;
    remarks.lost(
        model == null ? item.at() : model.at(),
        "model_list",
        "The model %s is left out: %s.".formatted(Printable.of(name, 100), why),
        remedy);
    return Optional.empty();
  }

  private void tell(Mapping item, Mapping parameters, Mapping information) {
    for (Entry entry : item.entries()) {
      boolean known =
          Set.of("model_name", PARAMETERS, INFORMATION, "rpm", "tpm").contains(entry.name());
      if (!known) {
        told(entry, "model_list." + entry.name(), Unsupported.parameter(entry.name()));
      }
    }
    for (Entry entry : parameters.entries()) {
      if (!HONOURED.contains(entry.name()) && !DESCRIPTIONS.contains(entry.name())) {
        told(entry, key(entry.name()), Unsupported.parameter(entry.name()));
      }
    }
    for (Entry entry : information.entries()) {
      Unsupported.Answer answer = Unsupported.information(entry.name());
      if (answer != null) {
        told(entry, INFORMATION + "." + entry.name(), answer);
      }
    }
  }

  private void told(Entry entry, String key, Unsupported.Answer answer) {
    if (Meaning.isOff(entry.value())) {
      remarks.note(entry.at(), key, "It is off.");
    } else if (answer.isHarmless()) {
      remarks.note(entry.at(), key, answer.why());
    } else {
      remarks.lost(entry.at(), key, answer.why(), answer.remedy());
    }
  }
}
