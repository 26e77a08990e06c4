package dev.gatehouse.outbound;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Two clients: one goes wherever the operator named, the other to public addresses only. They share
 * no connections, so that one that was made for a named place is never used for a place that nobody
 * named. Each is started when it is first needed.
 */
final class HttpClients implements AutoCloseable {
  /** A wheel's head has under 2 KB; a CDN's many headers stay below 8. */
  private static final int MOST_HEADER_BYTES = 32 * 1024;

  /** uv asks for 50 files at a time. */
  private static final int CONNECTIONS_A_PLACE = 64;

  private final OutboundSettings settings;
  private final Proxies proxies;
  private final SslContextFactory.Client tls;
  private @Nullable HttpClient everywhere;
  private @Nullable HttpClient publicOnly;
  private boolean closed;

  HttpClients(OutboundSettings settings, Proxies proxies) {
    this.settings = settings;
    this.proxies = proxies;
    this.tls = tls(settings.caFile());
  }

  private static SslContextFactory.Client tls(@Nullable Path caFile) {
    SslContextFactory.Client tls = new SslContextFactory.Client();
    if (caFile != null) {
      tls.setTrustStore(TrustedCertificates.with(caFile));
    }
    return tls;
  }

  synchronized HttpClient get(boolean named) throws OutboundException {
    HttpClient client = named ? everywhere : publicOnly;
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

  private HttpClient start(boolean named) throws OutboundException {
    if (closed) {
      throw new OutboundException(OutboundException.Code.REFUSED, "the program is stopping");
    }
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setSslContextFactory(tls);
    QueuedThreadPool threads = new QueuedThreadPool(32, 2);
    threads.setName(named ? "outbound-named" : "outbound-public");
    threads.setDaemon(true);
    connector.setExecutor(threads);
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setConnectTimeout(settings.connectTimeout().toMillis());
    client.setAddressResolutionTimeout(settings.connectTimeout().toMillis());
    client.setMaxConnectionsPerDestination(CONNECTIONS_A_PLACE);
    client.setMaxResponseHeadersSize(MOST_HEADER_BYTES);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "gatehouse"));
    if (!named) {
      client.setSocketAddressResolver(new CheckedResolver(proxies.addresses()));
    }
    proxies.addTo(client);
    try {
      client.start();
    } catch (Exception e) {
      throw new OutboundException(
          OutboundException.Code.UNREACHABLE, "the HTTP client did not start", e);
    }
    // Answers to challenges and content codings are this module's own business.
    client.getProtocolHandlers().clear();
    client.getContentDecoderFactories().clear();
    return client;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try {
      if (everywhere != null) {
        everywhere.stop();
      }
      if (publicOnly != null) {
        publicOnly.stop();
      }
    } catch (Exception e) {
      throw new IOException("the HTTP client did not stop: " + e.getMessage(), e);
    }
  }
}
