package dev.gatehouse.gateway.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A provider on loopback that says bytes as they are, HTTP or not, and closes. */
final class WireProvider implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Saying saying = _ -> {};

  /** What it says once a request is there. */
  @FunctionalInterface
  interface Saying {
    void say(OutputStream out) throws IOException;
  }

  WireProvider() throws IOException {
    server = new ServerSocket(0, 50, Lab.LOOPBACK);
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void says(String answer) {
    says(out -> out.write(answer.getBytes(ISO_8859_1)));
  }

  void says(Saying other) {
    saying = other;
  }

  /** How often it was connected to. */
  int connections() {
    return connections.get();
  }

  /** The requests, without their bodies. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        threads.execute(() -> answer(socket));
      }
    } catch (IOException closed) {
      // It is over.
    }
  }

  private void answer(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream())) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      Matcher length = LENGTH.matcher(head);
      in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
      heads.add(head.toString());
      saying.say(socket.getOutputStream());
    } catch (IOException left) {
      // The gateway had enough.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
