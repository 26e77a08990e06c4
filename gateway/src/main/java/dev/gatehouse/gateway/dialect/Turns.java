package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Message;
import dev.gatehouse.gateway.conversation.Part;
import java.util.ArrayList;
import java.util.List;

/** Brings messages into the order that most providers demand. */
public final class Turns {
  private Turns() {}

  /**
   * Joins messages of one role that follow each other, and puts the results of tools before all
   * else that the user says in that turn. Messages without parts are left out.
   */
  public static List<Message> joined(List<Message> messages) {
    List<Message> joined = new ArrayList<>();
    for (Message message : messages) {
      if (message.parts().isEmpty()) {
        continue;
      }
      if (!joined.isEmpty() && joined.getLast().role() == message.role()) {
        List<Part> parts = new ArrayList<>(joined.removeLast().parts());
        parts.addAll(message.parts());
        joined.add(new Message(message.role(), parts));
      } else {
        joined.add(message);
      }
    }
    joined.replaceAll(message -> new Message(message.role(), resultsFirst(message.parts())));
    return List.copyOf(joined);
  }

  /** A cache point stays behind the part that it is said of. */
  private static List<Part> resultsFirst(List<Part> parts) {
    List<Part> results = new ArrayList<>();
    List<Part> others = new ArrayList<>();
    List<Part> last = others;
    for (Part part : parts) {
      if (!(part instanceof Part.CachePoint)) {
        last = part instanceof Part.ToolResult ? results : others;
      }
      last.add(part);
    }
    results.addAll(others);
    return results;
  }
}
