package dev.gatehouse.provenance.workflow;

import dev.gatehouse.yaml.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cache that a step reads.
 *
 * @param what is cached, for people
 * @param line that switches it on
 */
record Caches(String what, int line) {
  private static final Set<String> ALWAYS =
      Set.of(
          "actions/cache",
          "actions/cache/restore",
          "swatinem/rust-cache",
          "mozilla-actions/sccache-action",
          "hendrikmuhs/ccache-action",
          "julia-actions/cache");
  private static final List<String> SETUPS =
      List.of(
          "actions/setup-python",
          "actions/setup-node",
          "actions/setup-java",
          "actions/setup-dotnet");

  /** The cache of a step; empty where it has none. */
  static Optional<Caches> of(GithubStep step) {
    String name = step.action().map(ActionReference::name).orElse("");
    Yaml.Mapping with = step.body().mapping("with");
    if (ALWAYS.contains(name)) {
      return Optional.of(new Caches("what " + name + " kept", step.line("uses")));
    }
    if (SETUPS.contains(name) || name.equals("pdm-project/setup-pdm")) {
      return with.entry("cache")
          .filter(entry -> isOn(entry.value()))
          .map(entry -> new Caches("what it installs", entry.line()));
    }
    if (name.equals("astral-sh/setup-uv")) {
      // Where nothing is said, it caches on GitHub's own runners.
      Optional<Yaml.Entry> said = with.entry("enable-cache");
      return said.isPresent() && !isOn(said.get().value())
          ? Optional.empty()
          : Optional.of(
              new Caches("what uv installs", said.map(Yaml.Entry::line).orElse(step.line("uses"))));
    }
    if (name.equals("actions/setup-go")) {
      Optional<Yaml.Entry> said = with.entry("cache");
      return said.isPresent() && !isOn(said.get().value())
          ? Optional.empty()
          : Optional.of(
              new Caches("Go's modules", said.map(Yaml.Entry::line).orElse(step.line("uses"))));
    }
    if (name.equals("docker/build-push-action")) {
      return with.entry("cache-from").map(entry -> new Caches("layers of an image", entry.line()));
    }
    return Optional.empty();
  }

  private static boolean isOn(Yaml value) {
    return !(value instanceof Yaml.Scalar scalar
        && (scalar.text().equals("false") || scalar.text().isEmpty()));
  }
}
