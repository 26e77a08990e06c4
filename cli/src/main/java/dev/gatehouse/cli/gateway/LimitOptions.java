package dev.gatehouse.cli.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a key, a user or a team may do, as options. */
final class LimitOptions {
  @Option(
      names = "--budget",
      paramLabel = "USD",
      description = "the most that may be spent, such as 12.50")
  private @Nullable String budget;

  @Option(
      names = "--budget-period",
      paramLabel = "PERIOD",
      description = "none, daily, weekly or monthly: when the budget begins anew (default: none)")
  private @Nullable String period;

  @Option(
      names = "--requests-per-minute",
      paramLabel = "N",
      description = "how many calls a minute")
  private @Nullable Long requests;

  @Option(
      names = "--tokens-per-minute",
      paramLabel = "N",
      description = "how many tokens a minute, input and output together")
  private @Nullable Long tokens;

  @Option(names = "--concurrent", paramLabel = "N", description = "how many calls at once")
  private @Nullable Long concurrent;

  /** Adds what was given to a request's members. */
  void addTo(Map<String, Object> members) {
    put(members, "budget", budget);
    put(members, "budget-period", period);
    put(members, "requests-per-minute", requests);
    put(members, "tokens-per-minute", tokens);
    put(members, "concurrent", concurrent);
  }

  static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
