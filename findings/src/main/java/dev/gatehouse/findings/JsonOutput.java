package dev.gatehouse.findings;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON as the report writers write it: indented, streamed, and in ASCII alone, so that neither a
 * console's code page nor what turns the direction of writing can change how it reads.
 */
final class JsonOutput {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private JsonOutput() {}

  /** Writes one document and a line feed. */
  static void write(Writer out, Consumer<JsonGenerator> document) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(new Indented(), out)) {
      document.accept(json);
    } catch (JacksonException e) {
      throw new IOException("Could not write JSON: " + e.getOriginalMessage(), e);
    }
    out.write('\n');
    out.flush();
  }

  /** Writes text, a number, a boolean, or a list or map of them; anything else as its text. */
  static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach(
            (key, inner) -> {
              json.writeName(String.valueOf(key));
              value(json, inner);
            });
        json.writeEndObject();
      }
      case Iterable<?> list -> {
        json.writeStartArray();
        list.forEach(inner -> value(json, inner));
        json.writeEndArray();
      }
      default -> json.writeString(value.toString());
    }
  }

  private static final class Indented extends ObjectWriteContext.Base {
    private static final DefaultIndenter TWO_SPACES = new DefaultIndenter("  ", "\n");

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter()
          .withObjectIndenter(TWO_SPACES)
          .withArrayIndenter(TWO_SPACES);
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
