package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.Rendered;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** One request and its answer, in this index's words. */
final class Exchange {
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Caller caller;
  private final IndexSettings settings;
  private final boolean proxyTrusted;

  /** Where the index lies that is asked, below the root: empty, or ending in a slash. */
  private final String base;

  Exchange(
      Request request,
      Response response,
      Callback callback,
      Caller caller,
      IndexSettings settings,
      boolean proxyTrusted) {
    this(request, response, callback, caller, settings, proxyTrusted, "");
  }

  private Exchange(
      Request request,
      Response response,
      Callback callback,
      Caller caller,
      IndexSettings settings,
      boolean proxyTrusted,
      String base) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.caller = caller;
    this.settings = settings;
    this.proxyTrusted = proxyTrusted;
    this.base = base;
  }

  /**
   * The same request, as an index below this one's root sees it.
   *
   * @param folder where it lies, ending in a slash: {@code snapshot/NAME/}
   */
  Exchange below(String folder) {
    return new Exchange(request, response, callback, caller, settings, proxyTrusted, folder);
  }

  /** Whether only the head of the answer is wanted. */
  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /** Who asks. */
  Caller caller() {
    return caller;
  }

  /** The name of the client whose token this is; administration has one always. */
  String clientName() {
    return Objects.requireNonNull(caller.client(), "administration needs a token").name();
  }

  String method() {
    return request.getMethod();
  }

  /** The decoded path. */
  String path() {
    String path = URIUtil.decodePath(request.getHttpURI().getCanonicalPath());
    return path == null ? "/" : path;
  }

  /**
   * The decoded path's parts after its first one; an empty last one where the path ends in a slash.
   */
  List<String> segments() {
    List<String> all = Arrays.asList(path().split("/", -1));
    int first = 2 + (int) base.chars().filter(c -> c == '/').count();
    return all.subList(Math.min(first, all.size()), all.size());
  }

  /** The query as it came, with its question mark; empty where there is none. */
  String query() {
    String query = request.getHttpURI().getQuery();
    return query == null ? "" : "?" + query;
  }

  Optional<String> queryParameter(String name) {
    if (request.getHttpURI().getQuery() == null) {
      return Optional.empty();
    }
    Fields fields = Request.extractQueryParameters(request);
    return Optional.ofNullable(fields.getValue(name));
  }

  Optional<String> header(HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  List<String> headerList(HttpHeader name) {
    return request.getHeaders().getCSV(name, true);
  }

  /** The project that a part of the path names: from here on it is a name and no longer text. */
  static ProjectName project(String segment) {
    return ProjectName.parseIfValid(segment)
        .orElseThrow(() -> Problems.noSuchProject(quoted(segment)).asException());
  }

  static String quoted(String text) {
    return MalformedException.quoted(text);
  }

  /** Where a developer asks about what is not served; null: nowhere in particular. */
  @Nullable String contact() {
    return settings.people().contact();
  }

  /** The index's address as the client knows it, ending in a slash. */
  URI root() {
    return host().resolve(base);
  }

  private URI host() {
    if (settings.publicUrl() != null) {
      return settings.publicUrl();
    }
    String scheme = request.getHttpURI().getScheme();
    String host = request.getHttpURI().getAuthority();
    if (proxyTrusted) {
      scheme =
          last("X-Forwarded-Proto")
              .filter(s -> s.equals("http") || s.equals("https"))
              .orElse(scheme);
      host = last("X-Forwarded-Host").orElse(host);
    }
    return URI.create(scheme + "://" + host + "/");
  }

  private Optional<String> last(String header) {
    List<String> values = request.getHeaders().getCSV(header, false);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  /** The request's body, where it is not larger than is expected. */
  byte[] body(int most) throws ClientGoneException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw new Problem(
                413,
                "body-too-large",
                "The request's body is too large",
                "It has more than " + most + " bytes.",
                "Send less.")
            .asException();
      }
      return body;
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  Exchange status(int status) {
    response.setStatus(status);
    return this;
  }

  Exchange set(HttpHeader name, String value) {
    response.getHeaders().put(name, value);
    return this;
  }

  Exchange set(String name, String value) {
    response.getHeaders().put(name, value);
    return this;
  }

  Exchange contentLength(long length) {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    return this;
  }

  /**
   * Says how long the answer may be used unasked: never. A block takes effect with the next
   * request, which costs one comparison of entity tags.
   */
  Exchange revalidated() {
    return set(
        HttpHeader.CACHE_CONTROL, caller.client() == null ? "no-cache" : "private, no-cache");
  }

  /** Whether the client has this very representation already. */
  boolean clientHas(String tag) {
    return headerList(HttpHeader.IF_NONE_MATCH).stream()
        .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
  }

  /**
   * Answers with something that is made once and sent often: compressed where the client takes it.
   */
  void send(Rendered rendered, String contentType, String vary) {
    boolean compressed = rendered.compressible() && acceptsGzip();
    String tag = rendered.tag(compressed);
    revalidated()
        .set(HttpHeader.ETAG, tag)
        .set(HttpHeader.VARY, caller.client() == null ? vary : vary + ", Authorization");
    if (clientHas(tag)) {
      status(304).end();
      return;
    }
    set(HttpHeader.CONTENT_TYPE, contentType);
    if (compressed) {
      set(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    send(rendered.body(compressed));
  }

  private boolean acceptsGzip() {
    return headerList(HttpHeader.ACCEPT_ENCODING).stream()
        .anyMatch(coding -> coding.startsWith("gzip"));
  }

  /** Answers with these bytes, or for HEAD with their number. */
  void send(ByteBuffer body) {
    contentLength(body.remaining());
    response.write(true, isHead() ? null : body, callback);
  }

  /** Answers without a body. */
  void end() {
    response.write(true, null, callback);
  }

  /** Sends a part of the body, and blocks until the network took it. */
  void write(ByteBuffer part) throws ClientGoneException {
    try {
      Content.Sink.write(response, false, part);
    } catch (IOException e) {
      throw new ClientGoneException(e);
    }
  }

  /** The body was sent. */
  void succeeded() {
    callback.succeeded();
  }
}
