package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server on loopback that answers with exactly the bytes that a test says. */
final class WireServer implements AutoCloseable {
  /** What ends no test that goes well. */
  static final Limits PATIENT = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), 1 << 20);

  private final ServerSocket server;
  private final String scheme;
  private final Script script;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch cut = new CountDownLatch(1);

  /** What is done once a request's head was read. */
  interface Script {
    void play(Wire wire) throws Exception;
  }

  /** The connection on which a request came. */
  record Wire(String head, Socket socket, InputStream in) {
    String target() {
      return head.split(" ", 3)[1];
    }

    Wire send(String text) throws IOException {
      return send(text.getBytes(ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      return this;
    }

    /** An answer with a length, after which the connection stays. */
    void answer(int status, String headers, byte[] body) throws IOException {
      send("HTTP/1.1 " + status + " Fine\r\nContent-Length: " + body.length + "\r\n" + headers);
      send("\r\n").send(body);
    }

    void answer(int status, String body) throws IOException {
      answer(status, "", body.getBytes(ISO_8859_1));
    }

    void redirect(String location) throws IOException {
      answer(302, "Location: " + location + "\r\n", new byte[0]);
    }

    void drop() throws IOException {
      socket.close();
    }

    /** Waits until the client closes; what else it sends is lost. */
    void awaitTheClientsEnd() throws IOException {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private WireServer(String scheme, ServerSocket server, Script script) {
    this.scheme = scheme;
    this.server = server;
    this.script = script;
    threads.execute(this::acceptAll);
  }

  static WireServer start(Script script) throws IOException {
    return new WireServer("http", listen(ServerSocketFactory.getDefault()), script);
  }

  static WireServer startTls(ServerSocketFactory tls, Script script) throws IOException {
    return new WireServer("https", listen(tls), script);
  }

  private static ServerSocket listen(ServerSocketFactory factory) throws IOException {
    return factory.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
  }

  int port() {
    return server.getLocalPort();
  }

  URI uri(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  Origin origin() {
    return Origin.of(uri("/"));
  }

  /** Begins a request for a path, as an operator who named this server would. */
  OutboundRequest.Builder get(String path) {
    return OutboundRequest.get(uri(path)).named(origin()).limits(PATIENT);
  }

  /** The heads of all requests, in the order in which they came. */
  List<String> heads() {
    return heads;
  }

  int connections() {
    return connections.get();
  }

  /** Waits until a script failed because the client had closed its connection. */
  boolean sawAConnectionCut() throws InterruptedException {
    return cut.await(30, TimeUnit.SECONDS);
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      connections.incrementAndGet();
      InputStream in = socket.getInputStream();
      String head = head(in);
      while (!head.isEmpty()) {
        heads.add(head);
        script.play(new Wire(head, socket, in));
        head = head(in);
      }
    } catch (Exception e) {
      cut.countDown();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int next = in.read();
    while (next >= 0) {
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
      next = in.read();
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
