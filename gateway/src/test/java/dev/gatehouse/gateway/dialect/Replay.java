package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.conversation.AnswerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Replays a recorded stream. */
public final class Replay {
  private Replay() {}

  /** Reads a stream whole, byte by byte and in two parts at every place; it has to say the same. */
  public static List<AnswerEvent> atEverySplit(
      Supplier<ProviderDialect.AnswerReader> reader, byte[] stream)
      throws MalformedAnswerException {
    List<AnswerEvent> whole = inTwo(reader.get(), stream, stream.length);
    for (int at = 0; at < stream.length; at++) {
      assertThat(inTwo(reader.get(), stream, at)).as("split at byte %d", at).isEqualTo(whole);
    }
    List<AnswerEvent> single = new ArrayList<>();
    ProviderDialect.AnswerReader one = reader.get();
    for (int at = 0; at < stream.length; at++) {
      one.take(stream, at, 1, single::add);
    }
    one.end(single::add);
    assertThat(single).isEqualTo(whole);
    return whole;
  }

  /** Reads a stream in two parts. */
  public static List<AnswerEvent> inTwo(ProviderDialect.AnswerReader reader, byte[] stream, int at)
      throws MalformedAnswerException {
    List<AnswerEvent> events = new ArrayList<>();
    reader.take(stream, 0, at, events::add);
    reader.take(stream, at, stream.length - at, events::add);
    reader.end(events::add);
    return events;
  }
}
