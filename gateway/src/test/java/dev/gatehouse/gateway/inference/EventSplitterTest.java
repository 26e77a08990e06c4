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

  private static List<String> split(byte[] bytes, int... cuts) throws MalformedAnswerException {
    List<String> events = new ArrayList<>();
    EventSplitter.Sink<RuntimeException> to =
        (all, from, end) -> events.add(new String(all, from, end - from, UTF_8));
    EventSplitter splitter = new EventSplitter();
    int at = 0;
    for (int cut : cuts) {
      splitter.take(bytes, at, cut - at, to);
      at = cut;
    }
    splitter.take(bytes, at, bytes.length - at, to);
    splitter.end(to);
    return events;
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
                splitter.take(much, 0, much.length, (bytes, from, to) -> {});
              }
            })
        .isInstanceOf(MalformedAnswerException.class);
  }
}
