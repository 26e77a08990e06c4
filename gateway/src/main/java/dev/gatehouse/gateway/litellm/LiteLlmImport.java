package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.Remark.Kind;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Entry;
import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Place;
import dev.gatehouse.yaml.Yaml.Scalar;
import dev.gatehouse.yaml.Yaml.Sequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * LiteLLM's configuration, taken over.
 *
 * @param toml Gatehouse's configuration; no secret is in it
 * @param providers how many {@code [[gateway.provider]]} it has
 * @param models how many {@code [[gateway.model]]} it has
 * @param remarks what there is to say, in the order of the files and their lines
 */
public record LiteLlmImport(String toml, int providers, int models, List<Remark> remarks) {
  /** Takes a copy. */
  public LiteLlmImport {
    remarks = List.copyOf(remarks);
  }

  /** The remarks of a kind. */
  public List<Remark> of(Kind kind) {
    return remarks.stream().filter(remark -> remark.kind() == kind).toList();
  }

  /**
   * Reads a configuration and the files that it includes, as far as they lie in its folder.
   *
   * @param allowUnpriced whether models of which no price is known are to be called all the same
   * @throws ImportException where it is none; the message is a clause
   * @throws IOException where it cannot be read
   */
  public static LiteLlmImport of(Path config, boolean allowUnpriced)
      throws IOException, ImportException {
    Remarks remarks = new Remarks();
    return new Reading(remarks, allowUnpriced).of(ConfigFiles.read(config, remarks));
  }

  /** One reading: what the sections say, put together. */
  private static final class Reading {
    private static final Set<String> SECTIONS =
        Set.of(
            "model_list",
            "litellm_settings",
            "general_settings",
            "router_settings",
            "environment_variables",
            "credential_list",
            "include");

    private final Remarks remarks;
    private final boolean allowUnpriced;
    private final Map<Provider, String> names = new LinkedHashMap<>();
    private Settings settings;

    Reading(Remarks remarks, boolean allowUnpriced) {
      this.remarks = remarks;
      this.allowUnpriced = allowUnpriced;
      this.settings = new SettingsReader(remarks).settings();
    }

    LiteLlmImport of(ConfigFiles files) throws ImportException {
      Mapping config = files.merged();
      if (config.entries().stream().noneMatch(entry -> SECTIONS.contains(entry.name()))) {
        throw new ImportException(
            config.value("proxy_config") == null
                ? "it has none of model_list, litellm_settings, general_settings, router_settings"
                : "it holds the values of a chart: write what is below proxy_config to a file of its own");
      }
      readSettings(config);
      List<Deployment> deployments = readModels(config);
      nameProviders(deployments);
      Routing routing = new Routing(deployments, Set.copyOf(names.values()), settings, remarks);
      String toml =
          new GatewayToml(files.name(), settings, allowUnpriced, names, routing).write(deployments);
      List<Remark> sorted = new ArrayList<>(remarks.all());
      sorted.sort(
          Comparator.comparingInt((Remark remark) -> files.order(remark.file()))
              .thenComparingInt(Remark::line));
      int models = (int) deployments.stream().filter(routing::isAsked).count();
      return new LiteLlmImport(toml, names.size(), models, sorted);
    }

    private void readSettings(Mapping config) {
      SettingsReader reader = new SettingsReader(remarks);
      for (Entry entry : config.entries()) {
        switch (entry.name()) {
          case "litellm_settings", "general_settings" -> reader.read(entry.name(), entry.value());
          case "environment_variables" -> reader.variables(entry.value());
          case "model_list", "credential_list", "router_settings", "include" -> {
            // Read by their own readers, the router's settings after the others.
          }
          default -> other(entry);
        }
      }
      Yaml router = config.value("router_settings");
      if (router != null) {
        reader.read("router_settings", router);
      }
      settings = reader.settings();
    }

    private void other(Entry entry) {
      Unsupported.Answer answer = Unsupported.setting(entry.name());
      if (Meaning.isOff(entry.value())) {
        remarks.note(entry.at(), entry.name(), "It is empty.");
      } else if (answer.isHarmless()) {
        remarks.note(entry.at(), entry.name(), answer.why());
      } else {
        remarks.lost(entry.at(), entry.name(), answer.why(), answer.remedy());
      }
    }

    private List<Deployment> readModels(Mapping config) {
      Yaml list = config.value("model_list");
      if (list instanceof Sequence sequence) {
        return new ModelReader(remarks, credentials(config), allowUnpriced).read(sequence);
      }
      Place at = list == null ? config.at() : list.at();
      remarks.lost(
          at,
          "model_list",
          "There are no models in it; LiteLLM may have them in its database.",
          "List them as [[gateway.model]].");
      return List.of();
    }

    private static Map<String, Mapping> credentials(Mapping config) {
      Map<String, Mapping> credentials = new HashMap<>();
      if (config.value("credential_list") instanceof Sequence list) {
        for (Yaml item : list.items()) {
          if (item instanceof Mapping mapping
              && mapping.value("credential_name") instanceof Scalar name
              && mapping.value("credential_values") instanceof Mapping values) {
            credentials.put(name.text(), values);
          }
        }
      }
      return credentials;
    }

    private void nameProviders(List<Deployment> deployments) {
      Map<String, Integer> used = new HashMap<>();
      for (Deployment deployment : deployments) {
        Provider provider = deployment.provider();
        if (names.containsKey(provider)) {
          continue;
        }
        String base = provider.baseName();
        int number = used.merge(base, 1, Integer::sum);
        String name = number == 1 ? base : base + "-" + number;
        names.put(provider, name);
        tellKeys(deployment.at(), provider, name);
      }
    }

    private void tellKeys(Place deployment, Provider provider, String name) {
      Place literal = provider.literal().at();
      Place at = literal == null ? deployment : literal;
      boolean inTwoParts = provider.accessKeyId() != null;
      if (provider.isStored()) {
        remarks.step(
            at,
            inTwoParts ? "litellm_params.aws_secret_access_key" : "litellm_params.api_key",
            "A key stands in the YAML; it is neither copied nor shown.",
            "Store it: gatehouse gateway provider set-key %s".formatted(Printable.of(name, 80)));
      }
      String id = provider.accessKeyIdOf(name);
      if (id != null && !id.equals(provider.accessKeyId())) {
        remarks.step(
            at,
            "litellm_params.aws_access_key_id",
            "It stands in the YAML; it is not copied.",
            "Set the variable %s to it where the gateway runs."
                .formatted(id.substring("env:".length())));
      }
    }
  }
}
