package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A status, headers and content; what is declared need not be true. */
final class Answer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] content;

  private Answer(int status, Map<String, String> headers, byte[] content) {
    this.status = status;
    this.headers = headers;
    this.content = content;
  }

  static Answer of(int status, String contentType, byte[] content) {
    return new Answer(status, Map.of(), content)
        .with("Content-Type", contentType)
        .with("Content-Length", String.valueOf(content.length));
  }

  static Answer of(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  static Answer redirect(int status, String location) {
    return of(status, "").with("Location", location);
  }

  /** Sets a header. */
  Answer with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return new Answer(status, changed, content);
  }

  Answer without(String name) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(name);
    return new Answer(status, changed, content);
  }

  /** Declares no length, so that only the end of the connection ends the content. */
  Answer untilClosed() {
    return without("Content-Length").with("Connection", "close");
  }

  Answer withContent(byte[] other) {
    return new Answer(status, headers, other).with("Content-Length", String.valueOf(other.length));
  }

  /** What is sent in the place of a page that the client has: its validators, and no content. */
  Answer asNotModified() {
    return new Answer(304, headers, new byte[0]).without("Content-Length").without("Content-Type");
  }

  byte[] content() {
    return content;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean isLast() {
    return headers.containsKey("Connection");
  }

  void writeHead(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(ISO_8859_1));
  }
}
