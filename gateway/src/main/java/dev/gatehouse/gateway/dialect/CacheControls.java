package dev.gatehouse.gateway.dialect;

import dev.gatehouse.gateway.conversation.Part;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's {@code cache_control}, which LiteLLM's clients also put into chat completions. */
final class CacheControls {
  private CacheControls() {}

  static Part.@Nullable CachePoint read(Fields of) throws UntranslatableException {
    Fields control = of.object("cache_control");
    if (control == null) {
      return null;
    }
    if (!control.needText("type").equals("ephemeral")) {
      throw control.cannot("type", "has to be \"ephemeral\".");
    }
    String ttl = control.text("ttl");
    if (ttl != null && !ttl.equals("5m") && !ttl.equals("1h")) {
      throw control.cannot("ttl", "has to be \"5m\" or \"1h\".");
    }
    control.end();
    return new Part.CachePoint("1h".equals(ttl));
  }

  static void write(ObjectNode to, Part.CachePoint point) {
    ObjectNode control = to.putObject("cache_control").put("type", "ephemeral");
    if (point.hour()) {
      control.put("ttl", "1h");
    }
  }
}
