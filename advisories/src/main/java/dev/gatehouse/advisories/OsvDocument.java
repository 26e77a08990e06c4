package dev.gatehouse.advisories;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON that holds records: one, several one after the other, a list of them, or the object
 * with {@code vulns} that OSV's query interface answers with. As a stream and within limits.
 */
final class OsvDocument {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // Records are six deep; what databases add of their own may go further.
                  .maxNestingDepth(100)
                  .maxStringLength(8 * 1024 * 1024)
                  .maxNameLength(10_000)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private final Map<String, Version> versions = new HashMap<>();

  /**
   * Gives each record about PyPI to the receiver.
   *
   * @param in read to its end, not closed
   * @param malformed told of a record that is none, in a clause; the next one is read
   * @throws MalformedException where it is not JSON; what follows is unread
   * @throws IOException where the stream breaks
   */
  void read(InputStream in, Consumer<Advisory> records, Consumer<String> malformed)
      throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
      JsonWalk json = new JsonWalk(parser);
      while (json.next()) {
        if (json.isArray()) {
          json.elements(() -> record(json, records, malformed));
        } else {
          record(json, records, malformed);
        }
      }
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new MalformedException("it is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private void record(JsonWalk json, Consumer<Advisory> records, Consumer<String> malformed) {
    Runnable listed = () -> record(json, records, malformed);
    try {
      new OsvRecordReader(json, versions, listed).read().ifPresent(records);
    } catch (MalformedException e) {
      malformed.accept(String.valueOf(e.getMessage()));
    }
  }
}
