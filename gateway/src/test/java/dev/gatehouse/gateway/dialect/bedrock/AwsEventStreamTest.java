package dev.gatehouse.gateway.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.dialect.MalformedAnswerException;
import dev.gatehouse.gateway.dialect.bedrock.EventBytes.Headers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEventStreamTest {
  private static final byte[] TWO =
      new EventBytes()
          .event("messageStart", "{\"role\":\"assistant\"}")
          .event("contentBlockDelta", "{\"delta\":{\"text\":\"Grüße\"}}")
          .toBytes();

  @Test
  void readsMessagesSplitAnywhere() throws Exception {
    List<String> whole = read(TWO, TWO.length);

    assertThat(whole)
        .containsExactly(
            "{:content-type=application/json, :event-type=messageStart, :message-type=event}"
                + " {\"role\":\"assistant\"}",
            "{:content-type=application/json, :event-type=contentBlockDelta, :message-type=event}"
                + " {\"delta\":{\"text\":\"Grüße\"}}");
    for (int size = 1; size < TWO.length; size++) {
      assertThat(read(TWO, size)).isEqualTo(whole);
    }
  }

  /** Bytes of AWS's own: the example of the Smithy event stream specification. */
  @Test
  void readsTheSpecificationsExamples() throws Exception {
    assertThat(read(HexFormat.of().parseHex("000000100000000005c248eb7d98c8ff"), 5))
        .containsExactly("{} ");
    assertThat(
            read(
                HexFormat.of()
                    .parseHex("0000001d00000000fd528c5a7b27666f6f273a27626172277d" + "c3653936"),
                4))
        .containsExactly("{} {'foo':'bar'}");
  }

  @Test
  void stepsOverHeadersOfEveryOtherType() throws Exception {
    byte[] bytes =
        new EventBytes()
            .message(
                new Headers()
                    .raw("true", 0)
                    .raw("false", 1)
                    .raw("byte", 2, (byte) 7)
                    .raw("short", 3, new byte[2])
                    .raw("int", 4, new byte[4])
                    .raw("long", 5, new byte[8])
                    .raw("bytes", 6, (byte) 0, (byte) 3, (byte) 1, (byte) 2, (byte) 3)
                    .raw("time", 8, new byte[8])
                    .raw("uuid", 9, new byte[16])
                    .text("text", "ü"),
                "{}".getBytes(UTF_8))
            .toBytes();

    assertThat(read(bytes, 1)).containsExactly("{text=ü} {}");
  }

  @Test
  void refusesEveryChangedBit() {
    for (int bit = 0; bit < TWO.length * 8; bit++) {
      byte[] changed = TWO.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));

      assertThatThrownBy(() -> read(changed, 7)).isInstanceOf(MalformedAnswerException.class);
    }
  }

  @Test
  void refusesEveryCut() {
    int first = ByteBuffer.wrap(TWO).getInt();
    for (int length = 1; length < TWO.length; length++) {
      byte[] cut = Arrays.copyOf(TWO, length);
      if (length != first) {
        assertThatThrownBy(() -> read(cut, 16)).isInstanceOf(MalformedAnswerException.class);
      }
    }
  }

  /** Lengths with a right checksum: nothing is held for them, they are refused at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7fffffff 00000000", // two gigabytes
        "01000001 00000000", // one more than 16 MiB
        "ffffffff 00000000", // negative
        "0000000f 00000000", // shorter than no message can be
        "00000020 00000011", // headers longer than the message
        "00100000 00020001", // headers of more than 128 KiB
        "00000020 ffffffff"
      })
  void refusesLengthsOutOfBounds(String lengths) {
    byte[] prelude = HexFormat.of().parseHex(lengths.replace(" ", "") + "00000000");
    ByteBuffer.wrap(prelude).putInt(8, EventBytes.crc(prelude, 8));

    assertThatThrownBy(() -> read(prelude, 12))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessage("An event's lengths are out of bounds");
  }

  /** Before anything is held for the length that it names. */
  @Test
  void refusesAWrongPreludeAtOnce() {
    byte[] prelude = Arrays.copyOf(TWO, 12);
    prelude[1] ^= 1; // 64 KiB more

    assertThatThrownBy(() -> new AwsEventStream().take(prelude, 0, 12, message -> {}))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessage("The checksum of an event's prelude is wrong");
  }

  @Test
  void refusesBrokenHeaders() {
    assertRefused(new Headers().raw("a", 10), "unknown type");
    assertRefused(new Headers().raw("a", 5, new byte[7]), "beyond the headers");
    assertRefused(new Headers().raw("a", 7, (byte) 0, (byte) 9, (byte) 'x'), "beyond the headers");
    assertRefused(new Headers().raw("a", 7, (byte) 0, (byte) 1, (byte) 0xff), "not UTF-8");
    assertRefused(new Headers().text("a", "1").text("a", "2"), "twice");
  }

  private static void assertRefused(Headers headers, String why) {
    byte[] bytes = new EventBytes().message(headers, new byte[0]).toBytes();
    assertThatThrownBy(() -> read(bytes, bytes.length))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessageContaining(why);
  }

  private static List<String> read(byte[] bytes, int size) throws MalformedAnswerException {
    List<String> messages = new ArrayList<>();
    AwsEventStream stream = new AwsEventStream();
    for (int at = 0; at < bytes.length; at += size) {
      stream.take(
          bytes,
          at,
          Math.min(size, bytes.length - at),
          message ->
              messages.add(
                  new TreeMap<>(message.headers()) + " " + new String(message.payload(), UTF_8)));
    }
    stream.end();
    return messages;
  }
}
