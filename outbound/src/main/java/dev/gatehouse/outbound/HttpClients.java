package dev.gatehouse.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Two clients: one goes wherever the operator named, the other to public addresses only. They share
 * no connections, so that one that was made for a named place is never used for a place that nobody
 * named. Each is started when it is first needed.
 */
final class HttpClients implements AutoCloseable {
  /** A client that runs, and what bounds its waits. */
  record Client(HttpClient http, HeadDeadlines heads) {
    private void close() {
      LifeCycle.stop(http);
      heads.destroy();
    }
  }

  /** A wheel's head has under 2 KB; a CDN's many headers stay below 8. */
  private static final int MOST_HEADER_BYTES = 32 * 1024;

  private static final int MOST_THREADS = 32;

  /**
   * How long a connection is kept for a next request. Firewalls forget silent connections without a
   * word, and a request on one of those would wait in vain.
   */
  private static final Duration KEPT_UNUSED = Duration.ofSeconds(30);

  private static final String USER_AGENT = "gatehouse/" + version();

  private final OutboundSettings settings;
  private final Proxies proxies;
  private final @Nullable KeyStore trusted;
  private volatile @Nullable Client everywhere;
  private volatile @Nullable Client publicOnly;
  private boolean closed;

  HttpClients(OutboundSettings settings, Proxies proxies) {
    this.settings = settings;
    this.proxies = proxies;
    this.trusted = settings.caFile() == null ? null : TrustedCertificates.with(settings.caFile());
  }

  private static String version() {
    try (InputStream in =
        Objects.requireNonNull(HttpClients.class.getResourceAsStream("version"))) {
      return new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Client get(boolean named) throws OutboundException {
    Client client = named ? everywhere : publicOnly;
    return client == null ? first(named) : client;
  }

  private synchronized Client first(boolean named) throws OutboundException {
    if (closed) {
      throw new OutboundException(OutboundException.Code.REFUSED, "the program is stopping");
    }
    Client client = named ? everywhere : publicOnly;
    if (client == null) {
      client = start(named);
      if (named) {
        everywhere = client;
      } else {
        publicOnly = client;
      }
    }
    return client;
  }

  private Client start(boolean named) throws OutboundException {
    HttpClient client = configured(named ? "outbound-named" : "outbound-public");
    if (!named) {
      client.setSocketAddressResolver(
          new CheckedResolver(
              new SocketAddressResolver.Async(
                  client.getExecutor(),
                  client.getScheduler(),
                  client.getAddressResolutionTimeout())));
    }
    proxies.addTo(client);
    try {
      client.start();
    } catch (Exception e) {
      throw new OutboundException(
          OutboundException.Code.UNREACHABLE, "the HTTP client did not start", e);
    }
    // Answers to challenges and content codings are this module's own business; that an interim
    // answer (RFC 9110, section 15.2) is not the answer is Jetty's.
    client.getProtocolHandlers().clear();
    InterimAnswers.addTo(client);
    client.getContentDecoderFactories().clear();
    return new Client(client, new HeadDeadlines(client.getScheduler()));
  }

  private HttpClient configured(String name) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
    threads.setName(name);
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setSslContextFactory(tls());
    connector.setExecutor(threads);
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    // Nothing that hears of answers blocks: the selecting thread tells it itself, in place of
    // waking
    // another for each part that comes.
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
    transport.setHeaderCacheSize(0);
    HttpClient client = new HttpClient(transport);
    client.setExecutor(threads);
    client.setScheduler(new ScheduledExecutorScheduler(name + "-time", true));
    client.setConnectTimeout(settings.connectTimeout().toMillis());
    client.setAddressResolutionTimeout(settings.connectTimeout().toMillis());
    client.setIdleTimeout(KEPT_UNUSED.toMillis());
    client.setMaxConnectionsPerDestination(settings.connections());
    client.setMaxResponseHeadersSize(MOST_HEADER_BYTES);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, USER_AGENT));
    return client;
  }

  private SslContextFactory.Client tls() {
    SslContextFactory.Client tls = new SslContextFactory.Client();
    if (trusted != null) {
      tls.setTrustStore(trusted);
    }
    return tls;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (Client client : Arrays.asList(everywhere, publicOnly)) {
      if (client != null) {
        client.close();
      }
    }
    everywhere = null;
    publicOnly = null;
  }
}
