package dev.gatehouse.gateway.key;

import dev.gatehouse.gateway.budget.Budget;
import dev.gatehouse.gateway.budget.Limits;
import dev.gatehouse.gateway.budget.Period;
import dev.gatehouse.gateway.price.NanoUsd;
import java.util.ArrayList;
import java.util.List;

/** Limits in words, for the audit log. */
final class LimitText {
  private LimitText() {}

  static String of(Limits limits) {
    List<String> words = new ArrayList<>();
    Budget budget = limits.budget();
    if (budget != null) {
      String period = budget.period() == Period.NONE ? "" : " " + budget.period().text();
      words.add("USD " + NanoUsd.text(budget.nanoUsd()) + period);
    }
    if (limits.requestsPerMinute() != null) {
      words.add(limits.requestsPerMinute() + " requests a minute");
    }
    if (limits.tokensPerMinute() != null) {
      words.add(limits.tokensPerMinute() + " tokens a minute");
    }
    if (limits.concurrent() != null) {
      words.add(limits.concurrent() + " calls at once");
    }
    return words.isEmpty() ? "no limits" : String.join(", ", words);
  }
}
