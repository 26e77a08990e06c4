package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes whole JSON documents, as streams and within limits. */
final class JsonDocument {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // Pages are five deep; the rest is room for keys of the server's own.
                  .maxNestingDepth(32)
                  .maxStringLength(65_536)
                  .maxNameLength(1_024)
                  .maxNumberLength(64)
                  .build())
          .build();

  private JsonDocument() {}

  /**
   * Reads one document to its end.
   *
   * @throws MalformedException when it is not JSON, goes beyond a limit, or something follows it
   * @throws IOException when the stream breaks; it is the stream's own
   */
  static <T> T read(InputStream in, Function<JsonCursor, T> reader) throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), new BoundedInput(in))) {
      JsonCursor cursor = new JsonCursor(parser);
      T result = reader.apply(cursor);
      if (!cursor.isAtEnd()) {
        throw new MalformedException("nothing was expected after the end of a JSON page");
      }
      return result;
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new MalformedException("a page is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes one compact document in UTF-8; {@code expectedLength} in bytes. */
  static byte[] write(int expectedLength, Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(expectedLength);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
      writer.accept(json);
    }
    return out.toByteArray();
  }
}
