package dev.gatehouse.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.inbound.AddressRange;
import dev.gatehouse.inbound.TlsFiles;
import dev.gatehouse.index.settings.AnonymousReading;
import dev.gatehouse.index.settings.IndexSettings;
import dev.gatehouse.index.settings.People;
import dev.gatehouse.index.settings.PolicyReading;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.outbound.Secret;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.provenance.refresh.TufRepository;
import dev.gatehouse.provenance.verification.TestAuthority;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.TrustRootException;
import dev.gatehouse.provenance.verification.TrustRoots;
import dev.gatehouse.upstream.UpstreamSettings;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.AdvisorySettings;
import dev.gatehouse.vetting.evidence.TrustSettings;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An index over scripted upstreams, with a clock that a test moves, and a client that says what it
 * got.
 */
final class RunningIndex implements AutoCloseable {
  /** When the clock stands at the start: the hour of the LiteLLM incident. */
  static final Instant START = Instant.parse("2026-03-24T10:52:00Z");

  /** Finds every policy wrong. */
  static final PolicyReading NO_POLICIES =
      _ -> {
        throw new IllegalArgumentException("line 1: this index reads none");
      };

  /** Without advisories but those that are built in. */
  static final VettingSettings VETTING =
      new VettingSettings(AdvisorySettings.BUILT_IN, VettingSettings.KEEP_DOWNLOADS, "test");

  private final AtomicReference<Instant> now;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Setup setup;
  private final IndexServer server;

  private RunningIndex(Setup setup, AtomicReference<Instant> now) {
    this.setup = setup;
    this.now = now;
    this.server = start();
  }

  private IndexServer start() {
    try {
      return IndexServer.start(
          setup.settings(),
          setup.policy,
          new VettingSettings(
              setup.advisories, VettingSettings.KEEP_DOWNLOADS, "test", setup.trust),
          setup.upstreams,
          OutboundSettings.direct(),
          setup.policies,
          clock());
    } catch (IndexStartException e) {
      throw new IllegalStateException(e);
    }
  }

  private Clock clock() {
    InstantSource source = now::get;
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return source.instant();
      }
    };
  }

  /** Begins to set one up, keeping its data in the folder. */
  static Setup in(Path data) {
    return new Setup(data);
  }

  /** What a test chooses. */
  static final class Setup {
    private final Path data;
    private final List<UpstreamSettings> upstreams = new ArrayList<>();
    private final List<AddressRange> proxies = new ArrayList<>();
    private Policy policy = Policy.observing();
    private AdvisorySettings advisories = AdvisorySettings.BUILT_IN;
    private TrustSettings trust = new TrustSettings.Fixed(TrustRoots.builtIn());
    private AnonymousReading anonymous = AnonymousReading.LOOPBACK;
    private People people = People.NOBODY;
    private PolicyReading policies = NO_POLICIES;
    private @Nullable URI publicUrl;
    private @Nullable TlsFiles tls;
    private AtomicReference<Instant> now = new AtomicReference<>(START);

    private Setup(Path data) {
      this.data = data;
    }

    Setup upstream(URI uri) {
      return upstream("up", uri);
    }

    Setup upstream(String name, URI uri, String... projects) {
      return upstream(name, uri, null, projects);
    }

    Setup upstream(String name, URI uri, @Nullable Secret credentials, String... projects) {
      List<ProjectPattern> patterns =
          java.util.Arrays.stream(projects).map(ProjectPattern::parse).toList();
      upstreams.add(new UpstreamSettings(name, uri, credentials, patterns, List.of()));
      return this;
    }

    Setup policy(Policy value) {
      this.policy = value;
      return this;
    }

    Setup advisories(AdvisorySettings value) {
      this.advisories = value;
      return this;
    }

    /** Believes what this authority signs, and nobody else. */
    Setup trusting(TestAuthority authority) {
      try {
        TrustRoot root = TrustRoot.read(authority.trustedRoot(), "test");
        this.trust = new TrustSettings.Fixed(TrustRoots.always(root));
      } catch (TrustRootException e) {
        throw new IllegalStateException(e);
      }
      return this;
    }

    /** Believes whom this repository says, once that was asked. */
    Setup trusting(TufRepository repository) {
      this.trust = new TrustSettings.Refreshed(repository);
      return this;
    }

    Setup anonymous(AnonymousReading value) {
      this.anonymous = value;
      return this;
    }

    Setup trustedProxy(String range) {
      proxies.add(AddressRange.parse(range));
      return this;
    }

    Setup publicUrl(String value) {
      this.publicUrl = URI.create(value);
      return this;
    }

    Setup people(People value) {
      this.people = value;
      return this;
    }

    Setup policies(PolicyReading value) {
      this.policies = value;
      return this;
    }

    Setup tls(TlsFiles value) {
      this.tls = value;
      return this;
    }

    private IndexSettings settings() {
      InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new IndexSettings(loopback, publicUrl, tls, proxies, data, anonymous, people, false);
    }

    RunningIndex start() {
      return new RunningIndex(this, now);
    }
  }

  URI address() {
    return server.address();
  }

  IndexServer server() {
    return server;
  }

  void later(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  /** Stops it and starts another one over the same data, at the same time of its clock. */
  RunningIndex restarted() {
    close();
    return new RunningIndex(setup, now);
  }

  void apply(Policy policy) {
    server.apply(policy);
  }

  Secret administratorToken() {
    try {
      return Secret.of(Files.readString(setup.data.resolve("admin-token")).strip());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks with these headers, given as names and values in turn. */
  HttpResponse<byte[]> get(String path, String... headers) {
    return ask("GET", path, headers);
  }

  String text(String path, String... headers) {
    return new String(get(path, headers).body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  HttpResponse<byte[]> ask(String method, String path, String... headers) {
    return ask(method, path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> post(String path, String json, String... headers) {
    return ask("POST", path, HttpRequest.BodyPublishers.ofString(json), headers);
  }

  private HttpResponse<byte[]> ask(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What stands in the status line of the answer, which no HTTP client but pip's shows. */
  String statusLine(String path) {
    return raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        .lines()
        .findFirst()
        .orElse("");
  }

  /** Sends these very bytes, and gives all that comes back until the connection ends. */
  String raw(String request) {
    try (Socket socket = new Socket(address().getHost(), address().getPort());
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String metric(String name) {
    return text("/metrics")
        .lines()
        .filter(line -> line.startsWith(name.toLowerCase(Locale.ROOT)))
        .reduce("", (all, line) -> all + line + "\n");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
