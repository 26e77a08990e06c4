package dev.gatehouse.comparison.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** A forge on loopback that serves one repository as git's own web server does. */
final class FakeForge implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable Repository repository;
  private volatile int refusal;

  FakeForge() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** What it serves from now on. */
  FakeForge serving(Repository served) {
    repository = served;
    return this;
  }

  /** Answers everything with this status. */
  void refuse(int status) {
    refusal = status;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/acme/demo");
  }

  /** Methods and paths, in their order. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      Repository served = repository;
      String path = exchange.getRequestURI().getPath();
      if (refusal != 0 || served == null) {
        exchange.sendResponseHeaders(refusal == 0 ? 404 : refusal, -1);
      } else if (path.equals("/acme/demo")) {
        exchange.sendResponseHeaders(200, -1);
      } else if (path.startsWith("/moved/")) {
        exchange
            .getResponseHeaders()
            .set("Location", exchange.getRequestURI().toString().replaceFirst("/moved/", "/acme/"));
        exchange.sendResponseHeaders(301, -1);
      } else if (path.endsWith("/info/refs")) {
        advertise(exchange, served);
      } else {
        upload(exchange, served);
      }
    }
  }

  private static void advertise(HttpExchange exchange, Repository served) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Type", "application/x-git-upload-pack-advertisement");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      PacketLineOut lines = new PacketLineOut(out);
      lines.writeString("# service=git-upload-pack\n");
      lines.end();
      UploadPack pack = new UploadPack(served);
      pack.setBiDirectionalPipe(false);
      pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
    }
  }

  private static void upload(HttpExchange exchange, Repository served) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-result");
    boolean coded = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    exchange.sendResponseHeaders(200, 0);
    try (InputStream body = exchange.getRequestBody();
        InputStream in = coded ? new GZIPInputStream(body) : body;
        OutputStream out = exchange.getResponseBody()) {
      UploadPack pack = new UploadPack(served);
      pack.setBiDirectionalPipe(false);
      pack.upload(in, out, null);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
