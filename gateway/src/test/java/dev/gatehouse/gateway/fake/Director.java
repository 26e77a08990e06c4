package dev.gatehouse.gateway.fake;

import dev.gatehouse.gateway.fake.Play.Call;
import dev.gatehouse.gateway.fake.Play.Ending;
import java.util.List;

/**
 * Decides what is answered, by words in the last text:
 *
 * <ul>
 *   <li>{@code #tool} calls the first tool, {@code #tools} each of them;
 *   <li>{@code #length}, {@code #filter} end for that reason, {@code #stop} at the first of the
 *       texts asked for;
 *   <li>the words of {@link Fault} break the answer.
 * </ul>
 *
 * <p>Without such a word the answer repeats what was asked. It contains characters of one to four
 * bytes.
 */
final class Director {
  /** What tools are called with: escapes and characters outside ASCII. */
  static final String ARGUMENTS =
      "{\"city\": \"Zürich \\\"old town\\\" 🏙\", \"days\": 3, \"nested\": {\"list\": [1, 2.5, null]}}";

  private static final String JSON = "{\"city\": \"Zürich\", \"temperature\": 21}";

  private Director() {}

  static Play play(Asked asked) {
    String thought = asked.thinks() ? "Let me think about that. Grüße!" : null;
    List<Call> calls = calls(asked);
    if (!calls.isEmpty()) {
      return new Play(thought, "", calls, Ending.TOOLS, null);
    }
    if (asked.text().contains("#filter")) {
      return new Play(thought, "I cannot", List.of(), Ending.FILTERED, null);
    }
    if (asked.text().contains("#length") || asked.most() == 1) {
      return new Play(thought, "It is", List.of(), Ending.LENGTH, null);
    }
    if (asked.text().contains("#stop") && !asked.stops().isEmpty()) {
      return new Play(thought, "One, two, ", List.of(), Ending.STOP_TEXT, asked.stops().getFirst());
    }
    return new Play(thought, text(asked), List.of(), Ending.END, null);
  }

  private static String text(Asked asked) {
    if (asked.json()) {
      return JSON;
    }
    if (asked.afterTool()) {
      return "The tool gave: " + asked.text();
    }
    String system = asked.system().isEmpty() ? "" : " [system: " + asked.system() + "]";
    String images = asked.images() == 0 ? "" : " [images: " + asked.images() + "]";
    return "Grüße, 世界 🙂! You said: " + asked.text() + system + images;
  }

  private static List<Call> calls(Asked asked) {
    if (asked.tools().isEmpty()) {
      return List.of();
    }
    if (asked.mustCallNamed() != null) {
      return List.of(new Call("call_1", asked.mustCallNamed(), ARGUMENTS));
    }
    if (asked.text().contains("#tools") && !asked.afterTool()) {
      return java.util.stream.IntStream.range(0, asked.tools().size())
          .mapToObj(i -> new Call("call_" + (i + 1), asked.tools().get(i), ARGUMENTS))
          .toList();
    }
    return asked.mustCall() || (asked.text().contains("#tool") && !asked.afterTool())
        ? List.of(new Call("call_1", asked.tools().getFirst(), ARGUMENTS))
        : List.of();
  }
}
