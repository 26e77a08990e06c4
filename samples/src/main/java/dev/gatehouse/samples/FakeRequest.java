package dev.gatehouse.samples;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that a fake index got.
 *
 * @param method as {@code GET}
 * @param path decoded, without the query
 * @param headers by lower-case name
 */
public record FakeRequest(String method, String path, Map<String, String> headers) {
  private static final int LONGEST_LINE = 64 * 1024;

  /** Copies the headers. */
  public FakeRequest {
    headers = Map.copyOf(headers);
  }

  /** The value of a header, by its name in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  boolean accepts(String type) {
    return header("Accept").orElse("").contains(type);
  }

  /** Reads one, with its body, which is thrown away; null when the client has closed. */
  static @Nullable FakeRequest read(BufferedInputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3) {
      throw new IOException("not a request line: " + first);
    }
    FakeRequest request = new FakeRequest(words[0], path(words[1]), headers(in));
    in.skipNBytes(Long.parseLong(request.header("Content-Length").orElse("0")));
    return request;
  }

  private static Map<String, String> headers(BufferedInputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String line(BufferedInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("a line without an end");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static String path(String target) {
    return URI.create("http://fake").resolve(target).getPath();
  }
}
