package dev.gatehouse.cli.installers;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * The JDK's plain file server over a folder: an upstream that knows nothing of Python, like many
 * mirrors.
 */
final class StaticServer implements AutoCloseable {
  private final HttpServer server;

  StaticServer(Path folder) {
    this.server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            folder.toAbsolutePath(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** From now on connections are refused. */
  void goesDown() {
    server.stop(0);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
