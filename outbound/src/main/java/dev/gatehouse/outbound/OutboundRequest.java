package dev.gatehouse.outbound;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request, made by its builder. */
public final class OutboundRequest {
  /** What this module sets itself, by rules that a caller must not get round. */
  private static final Set<String> OUR_HEADERS =
      Set.of(
          "accept-encoding",
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "host",
          "proxy-authorization",
          "transfer-encoding");

  private final Builder parts;

  private OutboundRequest(Builder parts) {
    this.parts = parts;
  }

  /** Begins a request that reads. */
  public static Builder get(URI uri) {
    return to("GET", uri);
  }

  /** Begins a request of any method. */
  public static Builder to(String method, URI uri) {
    return new Builder(method, uri);
  }

  String method() {
    return parts.method;
  }

  URI uri() {
    return parts.uri;
  }

  Map<String, String> headers() {
    return parts.headers;
  }

  byte @Nullable [] body() {
    return parts.body;
  }

  @Nullable String contentType() {
    return parts.contentType;
  }

  @Nullable Credentials credentials() {
    return parts.credentials;
  }

  Limits limits() {
    return parts.limits;
  }

  Cancellation cancellation() {
    return parts.cancellation;
  }

  boolean isCompressed() {
    return parts.compressed;
  }

  /** Only what changes nothing is asked again elsewhere. */
  boolean followsRedirects() {
    return parts.redirects && (method().equals("GET") || method().equals("HEAD"));
  }

  /** Whether the operator named this place, which may therefore lie at a private address. */
  boolean names(Origin origin) {
    return origin.equals(parts.named)
        || parts.namedHosts.contains(origin.host())
        || parts.namedHosts.contains(origin.host() + ":" + origin.port());
  }

  /** Gathers a request's parts. */
  public static final class Builder {
    private final String method;
    private final URI uri;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte @Nullable [] body;
    private @Nullable String contentType;
    private @Nullable Credentials credentials;
    private @Nullable Origin named;
    private Set<String> namedHosts = Set.of();
    private Limits limits = new Limits(null, Duration.ofSeconds(20), Long.MAX_VALUE);
    private Cancellation cancellation = new Cancellation();
    private boolean compressed;
    private boolean redirects = true;

    private Builder(String method, URI uri) {
      this.method = method.toUpperCase(Locale.ROOT);
      this.uri = uri;
    }

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException where it is one that this module sets itself, as {@code
     *     Authorization} from the credentials, or would become two
     */
    public Builder header(String name, String value) {
      if (OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("the header " + name + " is not set this way");
      }
      if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
        throw new IllegalArgumentException("the header " + name + " is one line");
      }
      headers.put(name, value);
      return this;
    }

    /**
     * Gives it a body.
     *
     * @param bytes not changed by anybody from now on
     */
    public Builder body(byte[] bytes, String type) {
      this.body = bytes;
      this.contentType = type;
      return this;
    }

    /** What to authenticate with, where the request goes to their origin. */
    public Builder credentials(@Nullable Credentials value) {
      this.credentials = value;
      return this;
    }

    /** An origin that the operator named: it may lie at a private address. */
    public Builder named(Origin origin) {
      this.named = origin;
      return this;
    }

    /**
     * Hosts, with or without a port, that the operator named: they may lie at private addresses.
     */
    public Builder namedHosts(Set<String> hosts) {
      this.namedHosts =
          hosts.stream()
              .map(host -> host.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
      return this;
    }

    public Builder limits(Limits value) {
      this.limits = value;
      return this;
    }

    /** By what it can be broken off before its time. */
    public Builder cancellation(Cancellation value) {
      this.cancellation = value;
      return this;
    }

    /**
     * Whether the answer may be compressed on its way; it is decoded here, within the limits. Where
     * it may not and is, that is an error: artifacts have no content coding.
     */
    public Builder compressed(boolean value) {
      this.compressed = value;
      return this;
    }

    /** Whether redirects are followed; they are by default. */
    public Builder redirects(boolean value) {
      this.redirects = value;
      return this;
    }

    public OutboundRequest build() {
      return new OutboundRequest(this);
    }
  }
}
