package dev.gatehouse.comparison.remote;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of JGit's with a server, made by {@link Outbound}: its proxies, certificates,
 * address checks and limits are those of everything else. JGit follows redirects itself, since what
 * it asks next depends on them.
 */
final class OutboundConnection implements HttpConnection, AutoCloseable {
  /** Set by {@link Outbound}, or of no meaning to it. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("accept-encoding", "content-type", "content-length", "connection", "host", "pragma");

  private static final String CONTENT_TYPE = "Content-Type";

  private final Outbound outbound;
  private final URI address;
  private final @Nullable Origin named;
  private final Limits limits;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String method = "GET";
  private @Nullable OutboundResponse response;

  /**
   * @param named the origin that the user named; null: what is asked stands in a stranger's file
   */
  OutboundConnection(Outbound outbound, URI address, @Nullable Origin named, Limits limits) {
    this.outbound = outbound;
    this.address = address;
    this.named = named;
    this.limits = limits;
  }

  private OutboundResponse response() throws IOException {
    if (response == null) {
      OutboundRequest.Builder request =
          OutboundRequest.to(method, address).limits(limits).redirects(false);
      headers.forEach(
          (name, value) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
              request.header(name, value);
            }
          });
      if (named != null) {
        request.named(named);
      }
      if (body.size() > 0) {
        request.body(
            body.toByteArray(), headers.getOrDefault(CONTENT_TYPE, "application/octet-stream"));
      }
      response = outbound.send(request.build());
    }
    return response;
  }

  @Override
  public int getResponseCode() throws IOException {
    return response().status();
  }

  @Override
  public URL getURL() {
    try {
      return address.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("an address of http or https is a URL", e);
    }
  }

  /** The reason phrase, which nobody has to send. */
  @Override
  public String getResponseMessage() {
    return "";
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    // JGit reads cookies from them; there are none here.
    return Map.of();
  }

  @Override
  public List<String> getHeaderFields(String name) {
    String value = getHeaderField(name);
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return response == null ? null : response.header(name).orElse(null);
  }

  @Override
  public @Nullable String getContentType() {
    return getHeaderField(CONTENT_TYPE);
  }

  @Override
  public int getContentLength() {
    return response == null || response.length().isEmpty()
        ? -1
        : (int) Math.min(Integer.MAX_VALUE, response.length().getAsLong());
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return response().body();
  }

  /** What JGit sends are lists of commits, which it bounds; they are gathered here. */
  @Override
  public OutputStream getOutputStream() {
    return body;
  }

  @Override
  public void setRequestProperty(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public void setRequestMethod(String method) {
    this.method = method;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public void connect() throws IOException {
    response();
  }

  @Override
  public boolean usingProxy() {
    // JGit asks so as to log in to it; that is the way out's own business.
    return false;
  }

  @Override
  public void setUseCaches(boolean use) {
    // There is no cache.
  }

  @Override
  public void setConnectTimeout(int millis) {
    // The way out has its own.
  }

  @Override
  public void setReadTimeout(int millis) {
    // The limits have one.
  }

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    // They never are.
  }

  @Override
  public void setDoOutput(boolean output) {
    // A body that was written is sent.
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    // The body is gathered.
  }

  @Override
  public void setChunkedStreamingMode(int length) {
    // The body is gathered.
  }

  @Override
  public void configure(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trusted,
      @Nullable SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("certificates are checked, whatever a setting says");
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) throws KeyManagementException {
    throw new KeyManagementException("names are checked, whatever a setting says");
  }

  /** Lets the connection go. */
  @Override
  public void close() {
    if (response != null) {
      response.close();
    }
  }

  /** What went wrong, where JGit has wrapped it. */
  static @Nullable OutboundException cause(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof OutboundException found) {
        return found;
      }
    }
    return null;
  }
}
