package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  private static List<ServerEvent> read(int biggest, int size, byte[] bytes)
      throws MalformedAnswerException {
    ServerSentEvents reader = new ServerSentEvents(biggest);
    List<ServerEvent> events = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      reader.take(bytes, at, Math.min(size, bytes.length - at), events::add);
    }
    reader.end(events::add);
    return events;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsTheSameInPiecesOfEverySize() throws Exception {
    byte[] stream =
        bytes(
            "\uFEFF: comment\r\nevent: greeting\r\ndata: Grüße\r\ndata: 😀\r\n\r\n"
                + "event: no data\n\nid: 1\nretry: 5\ndata:\n\ndata\rdata: \r\r"
                + "event:\ndata:  two spaces\n\n\n\nunknown: x\ndata: cut off");
    for (int size = 1; size <= stream.length; size++) {
      assertThat(read(1 << 20, size, stream))
          .as("pieces of %d bytes", size)
          .containsExactly(
              new ServerEvent("greeting", "Grüße\n😀"),
              new ServerEvent(null, ""),
              new ServerEvent(null, "\n"),
              new ServerEvent(null, " two spaces"),
              new ServerEvent(null, "cut off"));
    }
  }

  @Test
  void onlyTheFirstBytesMayBeAByteOrderMark() throws Exception {
    assertThat(read(1 << 20, 1, bytes("data: a\n\n\uFEFFdata: b\n\n")))
        .containsExactly(new ServerEvent(null, "a"));
  }

  @Test
  void refusesAnEventBeyondTheLimitAsOneLineAndAsMany() throws Exception {
    assertThat(read(10, 1, bytes("data: 1234\n\ndata: 1234\n\n"))).hasSize(2);
    assertThatThrownBy(() -> read(10, 3, bytes("data: 12345\n\n")))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessageContaining("bigger than 10 bytes");
    assertThatThrownBy(() -> read(10, 3, bytes("data:a\ndata:b\n\n")))
        .isInstanceOf(MalformedAnswerException.class);
    assertThatThrownBy(() -> read(10, 3, bytes(": endless comment without an end")))
        .isInstanceOf(MalformedAnswerException.class);
  }

  @Test
  void writesWhatItReads() throws Exception {
    for (ServerEvent event :
        List.of(
            new ServerEvent("message_stop", "{\"a\":\"é\"}"),
            new ServerEvent(null, "[DONE]"),
            new ServerEvent(null, ""),
            new ServerEvent("lines", "a\n\nb"))) {
      assertThat(read(1 << 20, 1, ServerSentEvents.write(event))).containsExactly(event);
    }
    assertThat(ServerSentEvents.write(new ServerEvent(null, "[DONE]")))
        .isEqualTo(bytes("data: [DONE]\n\n"));
  }
}
