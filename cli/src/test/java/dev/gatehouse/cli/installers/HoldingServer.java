package dev.gatehouse.cli.installers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.samples.LargeWheel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An upstream with one wheel, of which it holds the last byte back until a test releases it. */
final class HoldingServer implements AutoCloseable {
  private final String project;
  private final LargeWheel wheel;
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  HoldingServer(String project, LargeWheel wheel) throws IOException {
    this.project = project;
    this.wheel = wheel;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI simple() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/simple/");
  }

  /** Lets all of the wheel leave. */
  void release() {
    released.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/simple/" + project + "/")) {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.pypi.simple.v1+json");
        byte[] page = page().getBytes(UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      } else if (path.endsWith("/" + wheel.filename())) {
        exchange.sendResponseHeaders(200, wheel.size());
        sendWheel(exchange.getResponseBody());
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private String page() {
    return """
    {"meta": {"api-version": "1.1"}, "name": "%s", "versions": ["1.0"], "files": [
      {"filename": "%s", "url": "%s", "hashes": {"sha256": "%s"}, "size": %d,
       "upload-time": "2026-01-01T00:00:00Z"}]}
    """
        .formatted(project, wheel.filename(), wheel.filename(), wheel.sha256().hex(), wheel.size());
  }

  private void sendWheel(OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(wheel.file())) {
      byte[] buffer = new byte[64 * 1024];
      long left = wheel.size() - 1;
      while (left > 0) {
        int read = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
        out.write(buffer, 0, read);
        left -= read;
      }
      out.flush();
      released.await();
      out.write(in.read());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the test is over");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
