package dev.gatehouse.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.conversation.Answer;
import dev.gatehouse.gateway.conversation.AnswerEvent;
import dev.gatehouse.gateway.conversation.AnswerFormat;
import dev.gatehouse.gateway.conversation.Conversation;
import dev.gatehouse.gateway.conversation.ToolChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every translation beside its result. With {@code -Dgatehouse.translations.write=true} the results
 * are written anew; look at what changed.
 */
class TranslationsTest {
  private static final boolean WRITE = Boolean.getBoolean("gatehouse.translations.write");
  private static final Messages MESSAGES = new Messages();
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final List<String> CLIENTS = List.of("chat", "messages", "responses");

  private static final Conversation ASKED =
      new Conversation(
          "fast",
          List.of(),
          List.of(),
          List.of(),
          new ToolChoice.Unsaid(),
          new AnswerFormat.Text(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          null,
          null,
          null,
          null,
          true,
          true);

  static List<String> requests() throws IOException {
    return Sections.names("requests");
  }

  static List<String> answers() throws IOException {
    return Sections.names("answers");
  }

  static List<String> streams() throws IOException {
    return Sections.names("streams");
  }

  @ParameterizedTest
  @MethodSource
  void requests(String name) throws Exception {
    Sections sections = Sections.read("requests", name);
    Map<String, String> out = new LinkedHashMap<>();
    try {
      Conversation conversation = read(sections.in().getKey(), sections.in().getValue());
      boolean count = sections.in().getKey().equals("count");
      if (!count) {
        String openai = written(() -> ChatCompletions.OPENAI.write(conversation, "gpt-5"));
        String copy = written(() -> ChatCompletions.COMPATIBLE.write(conversation, "gpt-5"));
        out.put("openai", openai);
        if (!copy.equals(openai)) {
          out.put("compatible", copy);
        }
      }
      out.put(
          "anthropic",
          written(
              () ->
                  count
                      ? MESSAGES.writeCount(conversation, "claude-opus-5")
                      : MESSAGES.write(conversation, "claude-opus-5")));
    } catch (UntranslatableException e) {
      out.put("refused", refusal(e));
    }
    check(sections, out);
  }

  private static Conversation read(String format, String text) throws UntranslatableException {
    JsonNode request = LimitedJson.request(text.getBytes(StandardCharsets.UTF_8));
    return format.equals("count") ? MESSAGES.readCount(request) : client(format).read(request);
  }

  private interface Writing {
    ProviderCall call() throws UntranslatableException;
  }

  private static String written(Writing writing) {
    try {
      return pretty(writing.call().body());
    } catch (UntranslatableException e) {
      return refusal(e);
    }
  }

  private static String refusal(UntranslatableException e) {
    return "refused: " + e.field() + ": " + e.getMessage() + "\n";
  }

  @ParameterizedTest
  @MethodSource
  void answers(String name) throws Exception {
    Sections sections = Sections.read("answers", name);
    ProviderDialect provider = provider(sections.in().getKey());
    Map<String, String> out = new LinkedHashMap<>();
    try {
      Answer answer = provider.read(LimitedJson.answer(sections.in().getValue()), "asked-model");
      for (String client : CLIENTS) {
        out.put(client, pretty(client(client).write(answer, ASKED, "fast", AT)));
      }
    } catch (MalformedAnswerException e) {
      out.put("malformed", e.getMessage() + "\n");
    }
    check(sections, out);
  }

  @ParameterizedTest
  @MethodSource
  void streams(String name) throws Exception {
    Sections sections = Sections.read("streams", name);
    String[] kind = sections.in().getKey().split(" with ", -1);
    String text = sections.in().getValue();
    if (kind.length > 1) {
      text = text.replace("\n", kind[1].equals("CR LF") ? "\r\n" : "\r");
    }
    byte[] stream = text.getBytes(StandardCharsets.UTF_8);
    ProviderDialect provider = provider(kind[0]);
    Map<String, String> out = new LinkedHashMap<>();
    List<AnswerEvent> events = new ArrayList<>();
    String malformed = replay(provider, stream, stream.length, events);
    out.put(
        "events",
        events.stream().map(event -> event + "\n").collect(Collectors.joining()) + malformed);
    for (String client : CLIENTS) {
      out.put(client, streamed(client(client), events));
    }
    check(sections, out);
    everySplit(provider, stream, events, malformed);
  }

  /** Wherever the network splits the bytes, the events are the same. */
  private static void everySplit(
      ProviderDialect provider, byte[] stream, List<AnswerEvent> whole, String malformed) {
    for (int at = 0; at < stream.length; at++) {
      List<AnswerEvent> events = new ArrayList<>();
      assertThat(replay(provider, stream, at, events)).isEqualTo(malformed);
      assertThat(events).as("split at byte %d", at).isEqualTo(whole);
    }
    List<AnswerEvent> single = new ArrayList<>();
    assertThat(byBytes(provider, stream, single)).isEqualTo(malformed);
    assertThat(single).as("byte by byte").isEqualTo(whole);
  }

  private static String replay(
      ProviderDialect provider, byte[] stream, int at, List<AnswerEvent> events) {
    ProviderDialect.AnswerReader reader = provider.stream("asked-model");
    try {
      reader.take(stream, 0, at, events::add);
      reader.take(stream, at, stream.length - at, events::add);
      reader.end(events::add);
      return "";
    } catch (MalformedAnswerException e) {
      return "malformed: " + e.getMessage() + "\n";
    }
  }

  private static String byBytes(ProviderDialect provider, byte[] stream, List<AnswerEvent> events) {
    ProviderDialect.AnswerReader reader = provider.stream("asked-model");
    try {
      for (int at = 0; at < stream.length; at++) {
        reader.take(stream, at, 1, events::add);
      }
      reader.end(events::add);
      return "";
    } catch (MalformedAnswerException e) {
      return "malformed: " + e.getMessage() + "\n";
    }
  }

  private static String streamed(ClientDialect client, List<AnswerEvent> events) {
    ClientDialect.AnswerWriter writer = client.stream(ASKED, "fast", AT, "call-1");
    StringBuilder text = new StringBuilder();
    for (AnswerEvent event : events) {
      for (ServerEvent written : writer.write(event)) {
        text.append(new String(ServerSentEvents.write(written), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private static ClientDialect client(String name) {
    return switch (name) {
      case "chat" -> ChatCompletions.OPENAI;
      case "messages" -> MESSAGES;
      case "responses" -> new Responses();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ProviderDialect provider(String name) {
    return switch (name) {
      case "openai" -> ChatCompletions.OPENAI;
      case "anthropic" -> MESSAGES;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String pretty(JsonNode node) {
    return PRETTY.writeValueAsString(node) + "\n";
  }

  private static void check(Sections sections, Map<String, String> out) throws IOException {
    if (WRITE) {
      sections.write(out);
    }
    Map<String, String> expected = new LinkedHashMap<>(sections.sections());
    expected.remove(sections.in().getKey());
    if (!WRITE) {
      Supplier<String> about = () -> sections.file() + ": " + sections.about().strip();
      assertThat(out.keySet()).as(about).isEqualTo(expected.keySet());
      out.forEach((name, text) -> assertThat(text).as(about).isEqualTo(expected.get(name)));
    }
  }
}
