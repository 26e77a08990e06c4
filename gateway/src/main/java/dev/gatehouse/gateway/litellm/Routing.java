package dev.gatehouse.gateway.litellm;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.gateway.litellm.Settings.Alias;
import dev.gatehouse.gateway.litellm.Settings.Chain;
import dev.gatehouse.gateway.litellm.Settings.Fallback;
import dev.gatehouse.yaml.Yaml;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which model a name leads to, who follows when it fails, and how deployments share its requests.
 */
final class Routing {
  private static final BigInteger MOST_WEIGHT = BigInteger.valueOf(1_000_000);

  private final Remarks remarks;
  private final List<Deployment> deployments;
  private final Set<String> names;
  private final Set<String> prefixes;
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<Deployment, Integer> weights = new LinkedHashMap<>();
  private final Set<String> defaults = new LinkedHashSet<>();
  private final Map<String, Map<Fallback, List<String>>> fallbacks = new LinkedHashMap<>();

  /**
   * @param providers the names of the providers: {@code PROVIDER/MODEL} is a model without more
   */
  Routing(List<Deployment> deployments, Set<String> providers, Settings settings, Remarks remarks) {
    this.remarks = remarks;
    this.deployments = List.copyOf(deployments);
    this.names =
        deployments.stream()
            .map(Deployment::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    this.prefixes = Set.copyOf(providers);
    weigh();
    settings.aliases().values().forEach(this::alias);
    settings.chains().stream().filter(chain -> !chain.from().equals("*")).forEach(this::chain);
    settings.chains().stream().filter(chain -> chain.from().equals("*")).forEach(this::everywhere);
  }

  /** Aliases and what they stand for. */
  Map<String, String> aliases() {
    return aliases;
  }

  /** The models that follow one without fallbacks of its own. */
  List<String> defaultFallbacks() {
    return List.copyOf(defaults);
  }

  /** The models that follow one; empty where none do. */
  List<String> fallbacks(String name, Fallback kind) {
    return fallbacks.getOrDefault(name, Map.of()).getOrDefault(kind, List.of());
  }

  private void alias(Alias alias) {
    String key = "model_group_alias." + alias.name();
    if (names.contains(alias.name())) {
      remarks.lost(
          alias.at(),
          key,
          "A model of that name is in model_list already, and keeps it.",
          "Give one of them another name, and import again.");
    } else if (!isModel(alias.model())) {
      remarks.lost(
          alias.at(),
          key,
          "It stands for %s, which is no model here.".formatted(Printable.of(alias.model(), 100)),
          "Correct it, and import again.");
    } else {
      aliases.put(alias.name(), alias.model());
    }
  }

  private void chain(Chain chain) {
    String from = aliases.getOrDefault(chain.from(), chain.from());
    if (!names.contains(from)) {
      remarks.lost(
          chain.at(),
          chain.key(),
          "%s is no model of its own here.".formatted(Printable.of(chain.from(), 100)),
          "Name a model_name of model_list, and import again.");
      return;
    }
    List<String> to = targets(chain, from);
    if (!to.isEmpty()) {
      of(from)
          .merge(
              chain.kind(),
              to,
              (first, second) -> {
                Set<String> both = new LinkedHashSet<>(first);
                both.addAll(second);
                return List.copyOf(both);
              });
    }
  }

  /** Those of any failure hold for all; of the other kinds each model has to say its own. */
  private void everywhere(Chain chain) {
    List<String> to = targets(chain, "");
    if (chain.kind() == Fallback.ANY) {
      defaults.addAll(to);
      return;
    }
    for (String name : names) {
      List<String> others = to.stream().filter(other -> !other.equals(name)).toList();
      if (!others.isEmpty()) {
        of(name).putIfAbsent(chain.kind(), others);
      }
    }
  }

  private Map<Fallback, List<String>> of(String name) {
    return fallbacks.computeIfAbsent(name, _ -> new EnumMap<>(Fallback.class));
  }

  private List<String> targets(Chain chain, String from) {
    Set<String> targets = new LinkedHashSet<>();
    for (Yaml.Scalar scalar : chain.to()) {
      String target = scalar.text().strip();
      if (target.equals(from)) {
        remarks.note(scalar.at(), chain.key(), "A model does not follow itself; retries do that.");
      } else if (isModel(target) || aliases.containsKey(target)) {
        targets.add(target);
      } else {
        boolean id = deployments.stream().anyMatch(one -> target.equals(one.id()));
        String shown = Printable.of(target, 100);
        remarks.lost(
            scalar.at(),
            chain.key(),
            id
                ? "%s is the id of one deployment; a fallback is a model.".formatted(shown)
                : "%s is no model here.".formatted(shown),
            id
                ? "Give that deployment a model_name of its own, and import again."
                : "Name a model_name of model_list, and import again.");
      }
    }
    return List.copyOf(targets);
  }

  private boolean isModel(String name) {
    if (names.contains(name)) {
      return true;
    }
    int slash = name.indexOf('/');
    return (slash > 0 && prefixes.contains(name.substring(0, slash)))
        || names.stream().anyMatch(pattern -> matches(pattern, name));
  }

  private static boolean matches(String pattern, String name) {
    int star = pattern.indexOf('*');
    return star >= 0
        && name.length() >= pattern.length() - 1
        && name.startsWith(pattern.substring(0, star))
        && name.endsWith(pattern.substring(star + 1));
  }

  /** The share of a deployment among those of its name; null where all count alike. */
  @Nullable Integer weight(Deployment deployment) {
    return weights.get(deployment);
  }

  /** Whether it has any share at all. */
  boolean isAsked(Deployment deployment) {
    Integer weight = weights.get(deployment);
    return weight == null || weight > 0;
  }

  /**
   * Weighs all deployments by small whole numbers. Like LiteLLM's simple-shuffle: by weight, else
   * by requests, else by tokens a minute, whichever the first one of that name has; who has none of
   * it is not asked.
   */
  private void weigh() {
    Map<String, List<Deployment>> groups =
        deployments.stream()
            .collect(
                Collectors.groupingBy(Deployment::name, LinkedHashMap::new, Collectors.toList()));
    for (List<Deployment> group : groups.values()) {
      measure(group.getFirst()).ifPresent(measure -> weigh(group, measure));
    }
  }

  private static Optional<Function<Deployment, @Nullable BigDecimal>> measure(Deployment first) {
    List<Function<Deployment, @Nullable BigDecimal>> measures =
        List.of(Deployment::weight, Deployment::requestsPerMinute, Deployment::tokensPerMinute);
    return measures.stream().filter(measure -> measure.apply(first) != null).findFirst();
  }

  private void weigh(List<Deployment> group, Function<Deployment, @Nullable BigDecimal> measure) {
    List<BigDecimal> given = new ArrayList<>();
    for (Deployment deployment : group) {
      BigDecimal value = measure.apply(deployment);
      given.add(value == null ? BigDecimal.ZERO : value.stripTrailingZeros());
    }
    int scale = given.stream().mapToInt(BigDecimal::scale).max().orElse(0);
    List<BigInteger> whole =
        given.stream()
            .map(value -> value.scaleByPowerOfTen(Math.max(scale, 0)).toBigInteger())
            .toList();
    BigInteger divisor = whole.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
    boolean alike = whole.stream().distinct().count() == 1;
    if (alike || divisor.signum() == 0) {
      return;
    }
    for (int i = 0; i < group.size(); i++) {
      BigInteger weight = whole.get(i).divide(divisor);
      if (weight.compareTo(MOST_WEIGHT) > 0) {
        remarks.lost(
            group.get(i).at(),
            "litellm_params.weight",
            "Its weight is more than a million times that of another deployment.",
            "Write smaller weights, and import again.");
        return;
      }
    }
    for (int i = 0; i < group.size(); i++) {
      int weight = whole.get(i).divide(divisor).intValueExact();
      if (weight == 0) {
        remarks.note(
            group.get(i).at(),
            "model_list",
            "Others of its name have a share of the requests and it has none: LiteLLM never asks it; it is left out.");
      }
      weights.put(group.get(i), weight);
    }
  }
}
