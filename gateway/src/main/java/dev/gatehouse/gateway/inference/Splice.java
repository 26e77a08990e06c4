package dev.gatehouse.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/** Puts texts into a JSON text and leaves every other byte as it is. */
final class Splice {
  private record Change(int from, int to, String text) {}

  private final byte[] source;
  private final List<Change> changes = new ArrayList<>();

  Splice(byte[] source) {
    this.source = source;
  }

  /** A JSON string with its quotation marks. */
  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }

  void insert(int at, String text) {
    changes.add(new Change(at, at, text));
  }

  void replace(RequestScan.Span span, String text) {
    changes.add(new Change(span.from(), span.to(), text));
  }

  byte[] bytes() {
    changes.sort(Comparator.comparingInt(Change::from));
    ByteArrayOutputStream out = new ByteArrayOutputStream(source.length + 64);
    int at = 0;
    for (Change change : changes) {
      out.write(source, at, change.from() - at);
      out.writeBytes(change.text().getBytes(UTF_8));
      at = change.to();
    }
    out.write(source, at, source.length - at);
    return out.toByteArray();
  }
}
