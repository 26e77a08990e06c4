package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.Settings.Alias;
import dev.gatehouse.gateway.litellm.Settings.Chain;
import dev.gatehouse.gateway.litellm.Settings.Fallback;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Entry;
import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Place;
import dev.gatehouse.yaml.Yaml.Scalar;
import dev.gatehouse.yaml.Yaml.Sequence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code litellm_settings}, {@code general_settings}, {@code router_settings} and {@code
 * environment_variables}. What the router's settings say counts before what LiteLLM's say.
 */
final class SettingsReader {
  private static final int MOST_FAILS = 1000;

  private final Remarks remarks;
  private final Values values;
  private final Settings settings = new Settings();

  SettingsReader(Remarks remarks) {
    this.remarks = remarks;
    this.values = new Values(remarks);
  }

  /** Reads a section that has settings; the router's must come last. */
  void read(String section, Yaml value) {
    if (value instanceof Mapping mapping) {
      mapping.entries().forEach(entry -> setting(section, entry));
    } else if (!Meaning.isOff(value)) {
      remarks.lost(
          value.at(), section, "It is no mapping of settings.", "Correct it, and import again.");
    }
  }

  Settings settings() {
    return settings;
  }

  private void setting(String section, Entry entry) {
    String key = section + "." + entry.name();
    Yaml value = entry.value();
    switch (entry.name()) {
      case "num_retries", "max_retries" -> values.retries(value, key).ifPresent(settings::retries);
      case "request_timeout", "timeout" -> values.time(value, key).ifPresent(settings::timeout);
      case "allowed_fails" ->
          values.count(value, key, MOST_FAILS).ifPresent(settings::allowedFails);
      case "cooldown_time" -> values.seconds(value, key).ifPresent(settings::cooldown);
      case "drop_params" ->
          settings.dropUnsupported(value instanceof Scalar scalar && Meaning.isTrue(scalar));
      case "disable_cooldowns" -> noCoolDown(entry, key);
      case "fallbacks" -> chains(section, Fallback.ANY, value);
      case "context_window_fallbacks" -> chains(section, Fallback.CONTEXT_WINDOW, value);
      case "content_policy_fallbacks" -> chains(section, Fallback.CONTENT_POLICY, value);
      case "default_fallbacks" -> defaults(section, value);
      case "model_group_alias", "model_alias_map" -> aliases(key, value);
      case "routing_strategy" -> strategy(entry, key);
      case "master_key" -> masterKey(entry, key);
      case "callbacks",
          "success_callback",
          "failure_callback",
          "service_callback",
          "service_callbacks" ->
          callbacks(entry, key);
      default -> other(entry, key);
    }
  }

  private void other(Entry entry, String key) {
    Unsupported.Answer answer = Unsupported.setting(entry.name());
    if (Meaning.isOff(entry.value())) {
      remarks.note(entry.at(), key, "It is off.");
    } else if (answer.isHarmless()) {
      remarks.note(entry.at(), key, answer.why());
    } else {
      remarks.lost(entry.at(), key, answer.why(), answer.remedy());
    }
  }

  private void noCoolDown(Entry entry, String key) {
    if (entry.value() instanceof Scalar scalar && Meaning.isTrue(scalar)) {
      settings.cooldown(Duration.ZERO);
    } else {
      remarks.note(entry.at(), key, "It is off.");
    }
  }

  private void masterKey(Entry entry, String key) {
    if (Meaning.isOff(entry.value())) {
      remarks.note(entry.at(), key, "It is off.");
      return;
    }
    remarks.step(
        entry.at(),
        key,
        "No key opens everything here, so the master key is not taken over.",
        "Make a key for each application that used it: gatehouse gateway key add NAME");
  }

  private void callbacks(Entry entry, String key) {
    List<Scalar> others =
        values.texts(entry.value(), key).stream()
            .filter(scalar -> !scalar.text().equals("prometheus"))
            .toList();
    if (Meaning.isOff(entry.value())) {
      remarks.note(entry.at(), key, "It is off.");
    } else if (others.isEmpty() && !(entry.value() instanceof Mapping)) {
      remarks.note(
          entry.at(), key, "Prometheus finds the metrics at /metrics; they have other names.");
    } else {
      other(entry, key);
    }
  }

  private void strategy(Entry entry, String key) {
    Optional<String> strategy = values.text(entry.value(), key);
    if (strategy.isEmpty() || strategy.get().equals("simple-shuffle")) {
      return;
    }
    remarks.lost(
        entry.at(),
        key,
        "Gatehouse chooses among the deployments of a model by weight, as simple-shuffle does, not by %s."
            .formatted(Printable.of(strategy.get(), 60)),
        "Check the weights in gatehouse.toml.");
  }

  /** A later section replaces what an earlier one says of the same kind. */
  private void chains(String section, Fallback kind, Yaml value) {
    settings.chains().removeIf(chain -> chain.kind() == kind && !chain.from().equals("*"));
    List<Yaml> items =
        switch (value) {
          case Sequence sequence -> sequence.items();
          case Mapping mapping -> List.of(mapping);
          case Scalar scalar -> Meaning.isNothing(scalar) ? List.of() : List.of(scalar);
        };
    for (Yaml item : items) {
      if (!(item instanceof Mapping mapping)) {
        remarks.lost(
            item.at(),
            section + "." + kind.theirs(),
            "It says not for which model.",
            "Write it as MODEL: [FALLBACK], and import again.");
        continue;
      }
      for (Entry entry : mapping.entries()) {
        settings
            .chains()
            .add(
                new Chain(
                    entry.at(),
                    section,
                    kind,
                    entry.name(),
                    values.texts(entry.value(), section + "." + kind.theirs())));
      }
    }
  }

  private void defaults(String section, Yaml value) {
    List<Scalar> names = values.texts(value, section + ".default_fallbacks");
    settings.chains().removeIf(chain -> chain.kind() == Fallback.ANY && chain.from().equals("*"));
    if (!names.isEmpty()) {
      settings.chains().add(new Chain(value.at(), section, Fallback.ANY, "*", names));
    }
  }

  private void aliases(String key, Yaml value) {
    if (!(value instanceof Mapping mapping)) {
      if (!Meaning.isOff(value)) {
        remarks.lost(
            value.at(), key, "It is no mapping of names.", "Write ALIAS: MODEL, and import again.");
      }
      return;
    }
    for (Entry entry : mapping.entries()) {
      // The long form can hide the alias from lists; Gatehouse lists none.
      Yaml model =
          entry.value() instanceof Mapping details ? details.value("model") : entry.value();
      Optional<String> name = values.text(model, key);
      if (name.isEmpty() || entry.name().isBlank()) {
        remarks.lost(
            entry.at(), key, "It names no model.", "Write ALIAS: MODEL, and import again.");
        continue;
      }
      settings.aliases().put(entry.name(), new Alias(entry.at(), entry.name(), name.get()));
    }
  }

  /** Variables that LiteLLM would set for itself; values stay where they are. */
  void variables(Yaml value) {
    if (!(value instanceof Mapping mapping)) {
      return;
    }
    for (Entry entry : mapping.entries()) {
      variable(entry.at(), entry.name());
    }
  }

  private void variable(Place at, String name) {
    remarks.step(
        at,
        "environment_variables." + name,
        "Gatehouse sets no variables.",
        "Set %s where the gateway runs, if gatehouse.toml names it."
            .formatted(Printable.of(name, 60)));
  }
}
