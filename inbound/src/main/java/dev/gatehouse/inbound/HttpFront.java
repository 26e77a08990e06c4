package dev.gatehouse.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server round the routes: its listener, its limits, its log.
 *
 * <p>Requests run on virtual threads; the few platform threads only accept and select.
 */
public final class HttpFront implements AutoCloseable {
  /** pip's and uv's headers have under 1 KB; a token in a header has 100 bytes. */
  private static final int MOST_HEADER_BYTES = 16 * 1024;

  /** A client that neither sends nor takes anything for so long is gone. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** With the sweep, a header that never ends is cut before 30 s. */
  private static final Duration HEADER = Duration.ofSeconds(20);

  private static final Duration SWEEP = Duration.ofSeconds(3);

  /** Each idle connection costs about 10 KB; more than these wait to be accepted. */
  private static final int MOST_CONNECTIONS = 10_000;

  /** How long a stop waits for running downloads. */
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Server server;
  private final ServerConnector connector;
  private final HeaderDeadline deadline;
  private final boolean tls;

  private HttpFront(
      Server server, ServerConnector connector, HeaderDeadline deadline, boolean tls) {
    this.server = server;
    this.connector = connector;
    this.deadline = deadline;
    this.tls = tls;
  }

  /**
   * Listens.
   *
   * @param routes what answers
   * @param errors says what Jetty refuses before any route sees it: a malformed request, an
   *     ambiguous path
   * @throws IOException where the address cannot be listened on, or TLS's files are not as they
   *     should be
   */
  public static HttpFront open(
      Listener settings,
      Handler routes,
      Request.Handler errors,
      InstantSource clock,
      MeterRegistry registry)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
    Server server = new Server(threads);
    HeaderDeadline deadline = new HeaderDeadline(HEADER, System::nanoTime, routes);
    ServerConnector connector = connector(settings, server);
    connector.addBean(deadline);
    connector.setHost(settings.listen().getHostString());
    connector.setPort(settings.listen().getPort());
    connector.setIdleTimeout(IDLE.toMillis());
    // While stopping, too: a client that pauses for a second is not to lose its download. What
    // nobody uses is closed by us, then.
    connector.setShutdownIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
    server.setHandler(new GracefulHandler(deadline));
    server.setErrorHandler(errors);
    AccessLogFile log = new AccessLogFile(settings.logs());
    // A bean is started before the server and stopped after it.
    server.addBean(log);
    server.setRequestLog(
        new AccessLog(settings.surfaces(), settings.queries(), log, clock, registry));
    server.setStopTimeout(STOP.toMillis());
    start(server);
    sweepRegularly(server, deadline);
    return new HttpFront(server, connector, deadline, settings.tls() != null);
  }

  /** Each sweep sets the next; when the server has stopped, so has its scheduler. */
  private static void sweepRegularly(Server server, HeaderDeadline deadline) {
    Runnable sweep =
        () -> {
          deadline.sweep();
          if (server.isRunning()) {
            sweepRegularly(server, deadline);
          }
        };
    server.getScheduler().schedule(sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ServerConnector connector(Listener settings, Server server) throws IOException {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
    // Earlier headers of its connection are not looked up for each header: by default, one that
    // differs by upper and lower case alone is taken for that one, and a token for another's; and
    // what they are kept in is a tenth of a megabyte and more for each connection.
    configuration.setHeaderCacheSize(0);
    // Nothing that two readers could read differently: no encoded slashes, no dot segments, no
    // empty ones.
    configuration.setUriCompliance(UriCompliance.RFC3986);
    if (settings.tls() == null) {
      return new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    }
    // Requests name the host that they mean; the certificate need not know the loopback's names.
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    return new ServerConnector(
        server,
        1,
        1,
        new SslConnectionFactory(Tls.contextFactory(settings.tls()), "http/1.1"),
        new HttpConnectionFactory(configuration));
  }

  private static void start(Server server) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      try {
        server.stop();
      } catch (Exception alsoWrong) {
        e.addSuppressed(alsoWrong);
      }
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
  }

  /** Where it listens, as a client on this machine reaches it, ending in a slash. */
  public URI address(InetSocketAddress asked) {
    String host = asked.getAddress().isAnyLocalAddress() ? "127.0.0.1" : asked.getHostString();
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create(
        (tls ? "https://" : "http://") + literal + ":" + connector.getLocalPort() + "/");
  }

  /** Takes no new requests, lets running ones end for up to 30 s, and closes. */
  @Override
  public void close() throws IOException {
    try {
      connector.close(); // else new connections would wait unanswered for the end of the stop
      deadline.closeUnused();
      server.stop();
    } catch (Exception e) {
      throw new IOException("the HTTP server did not stop: " + e.getMessage(), e);
    }
  }
}
