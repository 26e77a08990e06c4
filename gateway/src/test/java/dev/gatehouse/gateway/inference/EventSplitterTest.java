package dev.gatehouse.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSplitterTest {
  private static final String STREAM =
      "\n: hello\n\ndata: é€\n\nevent: a\r\ndata: b\r\n\r\ndata: c\rdata: d\r\rdata: e\n\r\n\n\nid: 1\n\ndata: last";

  /** Notes the events and what is written, and keeps none that has this in it. */
  private static final class Noted implements EventSplitter.Sink<RuntimeException> {
    private final List<String> events = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final String unwanted;

    Noted(String unwanted) {
      this.unwanted = unwanted;
    }

    @Override
    public boolean keeps(byte[] bytes, int from, int to) {
      events.add(new String(bytes, from, to - from, UTF_8));
      return !events.getLast().contains(unwanted);
    }

    @Override
    public void write(byte[] bytes, int from, int to) {
      written.add(new String(bytes, from, to - from, UTF_8));
    }
  }

  private static List<String> split(byte[] bytes, int... cuts) throws MalformedAnswerException {
    Noted noted = noted("nothing has this", bytes, cuts);
    assertThat(String.join("", noted.written)).isEqualTo(String.join("", noted.events));
    return noted.events;
  }

  private static Noted noted(String unwanted, byte[] bytes, int... cuts)
      throws MalformedAnswerException {
    Noted to = new Noted(unwanted);
    EventSplitter splitter = new EventSplitter();
    int at = 0;
    for (int cut : cuts) {
      splitter.take(bytes, at, cut - at, to);
      at = cut;
    }
    splitter.take(bytes, at, bytes.length - at, to);
    splitter.end(to);
    return to;
  }

  @Test
  void writesNeighboursTogetherAndLeavesOutWhatIsNotKept() throws MalformedAnswerException {
    byte[] bytes = "data: a\n\ndata: b\n\ndata: x\n\ndata: c\n\ndata: x\n\ndata: d".getBytes(UTF_8);

    assertThat(noted("x", bytes).written)
        .containsExactly("data: a\n\ndata: b\n\n", "data: c\n\n", "data: d");
    for (int first = 0; first <= bytes.length; first++) {
      assertThat(String.join("", noted("x", bytes, first).written))
          .isEqualTo("data: a\n\ndata: b\n\ndata: c\n\ndata: d");
    }
  }

  @Test
  void endsAnEventAtItsBlankLineWhateverEndsTheLines() throws MalformedAnswerException {
    assertThat(split("data: a\r\n\r\ndata: b\n\ndata: c\r\rdata: d".getBytes(UTF_8)))
        .containsExactly("data: a\r\n\r\n", "data: b\n\n", "data: c\r\r", "data: d");
  }

  @Test
  void losesNoByteAndCutsAlikeWhereverTheBytesAreSplit() throws MalformedAnswerException {
    byte[] bytes = STREAM.getBytes(UTF_8);
    List<String> whole = split(bytes);
    assertThat(whole).hasSizeGreaterThan(5);
    assertThat(String.join("", whole)).isEqualTo(STREAM);

    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        List<String> events = split(bytes, first, second);
        assertThat(events).containsExactlyElementsOf(whole);
      }
    }
  }

  @Test
  void refusesAnEventThatNeverEnds() {
    EventSplitter splitter = new EventSplitter();
    byte[] much = new byte[1 << 20];
    Arrays.fill(much, (byte) 'a');

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 17; i++) {
                splitter.take(much, 0, much.length, new Noted("x"));
              }
            })
        .isInstanceOf(MalformedAnswerException.class);
  }
}
