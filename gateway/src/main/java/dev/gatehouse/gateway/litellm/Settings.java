package dev.gatehouse.gateway.litellm;

import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the settings say that holds for all models; filled by {@link SettingsReader}. */
final class Settings {
  /** In which case another model is asked. */
  enum Fallback {
    /** Any failure but the two below. */
    ANY("fallbacks", "fallbacks"),
    /** The request is longer than the model takes. */
    CONTEXT_WINDOW("context_window_fallbacks", "context-window-fallbacks"),
    /** The provider refuses what the request says. */
    CONTENT_POLICY("content_policy_fallbacks", "content-policy-fallbacks");

    private final String theirs;
    private final String ours;

    Fallback(String theirs, String ours) {
      this.theirs = theirs;
      this.ours = ours;
    }

    /** LiteLLM's key. */
    String theirs() {
      return theirs;
    }

    /** Gatehouse's key. */
    String ours() {
      return ours;
    }
  }

  /**
   * Who follows whom.
   *
   * @param from a model, or {@code *} for all that have none
   */
  record Chain(Place at, String section, Fallback kind, String from, List<Yaml.Scalar> to) {
    public Chain {
      to = List.copyOf(to);
    }

    String key() {
      return section + "." + kind.theirs();
    }
  }

  /** Another name of a model. */
  record Alias(Place at, String name, String model) {}

  private final Map<String, Alias> aliases = new LinkedHashMap<>();
  private final List<Chain> chains = new ArrayList<>();
  private @Nullable Integer retries;
  private @Nullable Duration timeout;
  private boolean dropUnsupported;
  private @Nullable Duration cooldown;
  private @Nullable Integer allowedFails;

  Map<String, Alias> aliases() {
    return aliases;
  }

  List<Chain> chains() {
    return chains;
  }

  @Nullable Integer retries() {
    return retries;
  }

  void retries(int number) {
    retries = number;
  }

  @Nullable Duration timeout() {
    return timeout;
  }

  void timeout(Duration time) {
    timeout = time;
  }

  @Nullable Duration cooldown() {
    return cooldown;
  }

  void cooldown(Duration time) {
    cooldown = time;
  }

  @Nullable Integer allowedFails() {
    return allowedFails;
  }

  void allowedFails(int number) {
    allowedFails = number;
  }

  boolean dropUnsupported() {
    return dropUnsupported;
  }

  void dropUnsupported(boolean drop) {
    dropUnsupported = drop;
  }
}
