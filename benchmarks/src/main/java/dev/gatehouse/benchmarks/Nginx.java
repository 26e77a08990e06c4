package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * nginx on a free port of the loopback, with all that it writes in one folder: the upstream that
 * Gatehouse takes from, and the peer that serves the same bytes as plain files.
 */
final class Nginx {
  private final URI address;
  private final Path root;

  private Nginx(URI address, Path root) {
    this.address = address;
    this.root = root;
  }

  static Nginx start(Programs programs, Path folder, Samples samples)
      throws IOException, InterruptedException {
    int port = freePort();
    Path configuration =
        Files.writeString(
            folder.resolve("nginx.conf"), configuration(port, folder, samples.root()));
    Process process =
        programs.start(
            List.of(
                "nginx",
                "-e",
                folder.resolve("error.log").toString(),
                "-p",
                folder.toString(),
                "-c",
                configuration.toString()),
            folder.resolve("stderr.log"));
    Nginx nginx = new Nginx(URI.create("http://127.0.0.1:" + port + "/"), samples.root());
    nginx.awaitFirstAnswer(process, folder);
    return nginx;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** nginx says nowhere that it listens, so it is asked. */
  private void awaitFirstAnswer(Process process, Path folder)
      throws IOException, InterruptedException {
    for (int i = 0; i < 250; i++) {
      try {
        new Client().get(simple(), Map.of());
        return;
      } catch (IOException notYet) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    throw new IOException(
        "nginx does not answer: " + Files.readString(folder.resolve("stderr.log")));
  }

  /**
   * As its documentation advises for static files; connections stay open however many requests they
   * carry, for Gatehouse's do so too.
   */
  private static String configuration(int port, Path folder, Path root) {
    boolean administrator = "root".equals(System.getProperty("user.name"));
    return (administrator ? "user root;\n" : "")
        + """
        daemon off;
        worker_processes 2;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events { worker_connections 1024; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          tcp_nodelay on;
          keepalive_timeout 65;
          keepalive_requests 1000000000;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          default_type application/octet-stream;
          types {
            text/html html;
            application/vnd.pypi.simple.v1+json json;
          }
          map $http_accept $page {
            default index.html;
            "~vnd\\.pypi\\.simple\\.v1\\+json" index.json;
          }
          server {
            listen 127.0.0.1:%2$d backlog=1024;
            root %3$s;
            location /simple/ { index $page; }
            location /same/ { }
            location /same/gzip/ { add_header Content-Encoding gzip; }
          }
        }
        """
            .formatted(folder, port, root);
  }

  /** The upstream's simple pages. */
  URI simple() {
    return address.resolve("simple/");
  }

  /** Serves these bytes as a plain file, under a name that says the type. */
  URI serve(byte[] bytes, String name) throws IOException {
    Path file = root.resolve("same").resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes);
    return address.resolve("same/" + name);
  }
}
