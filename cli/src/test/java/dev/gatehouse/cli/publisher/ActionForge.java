package dev.gatehouse.cli.publisher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forge on loopback that says what the refs of its repositories stand for, as git's servers do.
 */
final class ActionForge implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> advertised;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * @param advertised for each {@code owner/name} its refs: a line each, {@code COMMIT REF}
   */
  ActionForge(Map<String, String> advertised) throws IOException {
    this.advertised = advertised;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address(String repository) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository);
  }

  /** The repositories that were asked for, in their order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String repository = exchange.getRequestURI().getPath().substring(1).replace("/info/refs", "");
      asked.add(repository);
      String refs = advertised.get(repository);
      if (refs == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Type", "application/x-git-upload-pack-advertisement");
      exchange.sendResponseHeaders(200, 0);
      StringBuilder answer = new StringBuilder(line("# service=git-upload-pack\n")).append("0000");
      String capabilities = "\0ofs-delta agent=test";
      for (String ref : refs.lines().toList()) {
        answer.append(line(ref + capabilities + "\n"));
        capabilities = "";
      }
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.append("0000").toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String line(String text) {
    return "%04x%s".formatted(text.length() + 4, text);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
