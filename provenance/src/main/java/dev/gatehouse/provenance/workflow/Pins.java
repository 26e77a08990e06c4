package dev.gatehouse.provenance.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Digests of what a migration names, each asked for once. */
final class Pins {
  private final Digests digests;
  private final Map<String, Digests.Answer> known = new LinkedHashMap<>();

  Pins(Digests digests) {
    this.digests = digests;
  }

  private Optional<String> find(String name) {
    return switch (known.computeIfAbsent(name, digests::find)) {
      case Digests.Answer.Found(String digest) -> Optional.of(digest);
      case Digests.Answer.Missing _ -> Optional.empty();
    };
  }

  /** An action as {@code uses} should name it, with its ref as a comment; or as it is. */
  String uses(ActionReference action) {
    return find(action.key())
        .map(digest -> action.at(digest) + " # " + action.ref())
        .orElse(action.at(action.ref()));
  }

  /** An image with its digest. */
  Optional<String> image(String name) {
    return find(name).map(digest -> name + "@" + digest);
  }

  /** What has none, with the reason. */
  List<String> missing() {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Digests.Answer.Missing)
        .map(
            entry ->
                "%s: %s"
                    .formatted(entry.getKey(), ((Digests.Answer.Missing) entry.getValue()).why()))
        .toList();
  }
}
