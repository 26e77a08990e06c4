package dev.gatehouse.gateway.fake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks, as far as an answer depends on it.
 *
 * @param model as the request calls it
 * @param system all instructions, in a line each
 * @param text the last user's text; after a tool's result, what the tool gave
 * @param tools the names of those that may be called
 * @param mustCall whether one of them has to be
 * @param mustCallNamed which; null: whichever
 * @param afterTool whether the last turn gives a tool's result
 * @param images how many images there are
 * @param json whether the answer is to be JSON
 * @param thinks whether the model is to think, in view of the client
 * @param stops texts at which it ends
 * @param most tokens; 0: unsaid
 * @param choices how many answers
 * @param streamed whether as it comes
 */
record Asked(
    String model,
    String system,
    String text,
    List<String> tools,
    boolean mustCall,
    @Nullable String mustCallNamed,
    boolean afterTool,
    int images,
    boolean json,
    boolean thinks,
    List<String> stops,
    long most,
    int choices,
    boolean streamed) {
  Asked {
    tools = List.copyOf(tools);
    stops = List.copyOf(stops);
  }
}
