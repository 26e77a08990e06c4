package dev.gatehouse.index.notice;

import dev.gatehouse.vetting.exposure.Exposure;
import dev.gatehouse.vetting.policy.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a webhook is told of a recall: a line for people under {@code text}, where chat programs
 * look for it, and the same for programs.
 */
final class RecallNotice {
  /** More are counted, and shown by the command that the text names. */
  private static final int MOST_NAMED = 50;

  private final Decision recall;
  private final Exposure exposure;

  RecallNotice(Decision recall, Exposure exposure) {
    this.recall = recall;
    this.exposure = exposure;
  }

  Map<String, Object> members() {
    List<String> receivers = receivers();
    List<String> installed =
        exposure.installed().stream().map(one -> one.host() + ":" + one.environment()).toList();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("text", text(receivers.size(), installed.size()));
    members.put("event", "recall");
    members.put("project", recall.project().normalized());
    members.put("version", recall.version().toString());
    members.put("reason", recall.reason());
    members.put("by", recall.by());
    members.put("at", recall.at().toString());
    members.put("receivers", receivers.size());
    members.put("received-by", receivers.stream().limit(MOST_NAMED).toList());
    members.put("installations", installed.size());
    members.put("installed-at", installed.stream().limit(MOST_NAMED).toList());
    return members;
  }

  private List<String> receivers() {
    Stream<Exposure.Receipt> received =
        exposure.received().stream().filter(receipt -> !receipt.outcome().equals("refused"));
    return received
        .map(
            receipt ->
                (receipt.client().isEmpty() ? "anonymous" : receipt.client())
                    + " at "
                    + receipt.address())
        .distinct()
        .toList();
  }

  private String text(int receivers, int installations) {
    return escaped(
        "Gatehouse recalled %1$s %2$s (by %3$s: %4$s). %5$s received it, %6$s known to have it installed. Who: gatehouse exposure %1$s==%2$s"
            .formatted(
                recall.project(),
                recall.version(),
                recall.by(),
                recall.reason(),
                receivers == 0 ? "Nobody" : receivers + (receivers == 1 ? " client" : " clients"),
                installations == 0
                    ? "none is"
                    : installations
                        + (installations == 1 ? " environment is" : " environments are")));
  }

  /** An advisory's words must not call everybody in a channel, or draw a link there. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
