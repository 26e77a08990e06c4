package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.gateway.settings.ModelSettings;
import dev.gatehouse.gateway.settings.ProviderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a person reads when the gateway has started: what runs, and what to do next. */
final class GatewayStartMessage {
  private static final String INDENT = " ".repeat(18);

  private GatewayStartMessage() {}

  /**
   * The lines of the message.
   *
   * @param fileRead whether there was a configuration file
   */
  static List<String> of(
      String version,
      GatewayServer server,
      GatewaySettings settings,
      ConfigurationFile file,
      boolean fileRead) {
    List<String> lines = new ArrayList<>();
    lines.add("Gatehouse " + version + " serves the LLM gateway at " + server.address());
    lines.add("");
    lines.add("  administration  " + server.adminAddress());
    lines.add("  data            " + settings.data());
    lines.add(
        "  settings        "
            + (fileRead
                ? file.path() + ", followed while running"
                : "the defaults; there is no " + file.path()));
    String label = "  providers       ";
    for (ProviderSettings provider : settings.models().providers()) {
      String key = provider.key() == null ? "" : "  key: " + provider.key();
      lines.add(label + provider.name() + "  " + provider.baseUrl() + key);
      label = " ".repeat(label.length());
      server.keyProblem(provider).ifPresent(why -> lines.add(INDENT + "  " + why));
    }
    List<ModelSettings> models = settings.models().models();
    if (!models.isEmpty()) {
      lines.add(
          "  models          "
              + models.stream()
                  .map(ModelSettings::name)
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
    lines.add("");
    lines.addAll(settings.models().providers().isEmpty() ? firstProvider() : firstKey(server));
    return lines;
  }

  private static List<String> firstProvider() {
    return List.of(
        "There is no provider yet. Put one into gatehouse.toml; it takes effect while running:",
        "",
        "  [[gateway.provider]]",
        "  name = \"openai\"",
        "  type = \"openai\"",
        "",
        "then give the gateway its key (it is read from standard input and stored encrypted):",
        "",
        "  gatehouse gateway provider set-key openai");
  }

  private static List<String> firstKey(GatewayServer server) {
    return List.of(
        "Give an application a key of its own, and point it here:",
        "",
        "  gatehouse gateway key add NAME",
        "  OPENAI_BASE_URL=" + server.address() + "v1  OPENAI_API_KEY=(the key)",
        "  ANTHROPIC_BASE_URL=" + server.address() + "  ANTHROPIC_API_KEY=(the key)");
  }
}
