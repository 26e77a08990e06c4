package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An index on loopback that does what a test says: it serves what is published, in HTML and JSON,
 * counts who asks for what, and fails on request, path by path. It speaks plain HTTP/1.1 from
 * sockets, so that it can also speak it wrongly.
 *
 * {@snippet :
 * try (FakeIndex pypi = FakeIndex.start()) {
 *   SampleArtifact wheel = WheelBuilder.wheel("idna", "3.7").build();
 *   pypi.publish(wheel, offer -> offer.yanked("broken"));
 *   pypi.on(FakeIndex.fileOf(wheel)).truncatesAfter(100);
 *   // … ask pypi.uri() for it …
 *   assertThat(pypi.requestsTo(FakeIndex.pageOf("idna"))).hasSize(1);
 * }
 * }
 */
public final class FakeIndex implements AutoCloseable {
  private final Catalogue catalogue = new Catalogue();
  private final RequestLog log = new RequestLog();
  private final Map<String, PathScript> scripts = new ConcurrentHashMap<>();
  private final int port;
  private Listener listener;
  private FakeIndex fileHost = this;
  private volatile @Nullable String authorization;

  private FakeIndex() throws IOException {
    this.listener = Listener.open(0, this::answer);
    this.port = listener.port();
  }

  /** Starts one that has nothing yet, at a free port. */
  public static FakeIndex start() {
    try {
      return new FakeIndex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address of this machine at which nobody listens: connections are refused. */
  public static URI refusing() {
    try (ServerSocket briefly = new ServerSocket(0, 1, Listener.loopback())) {
      return URI.create("http://127.0.0.1:%d/simple/".formatted(briefly.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of a project's page. */
  public static String pageOf(String project) {
    return "/simple/" + ProjectName.parse(project) + "/";
  }

  /** The path of an artifact. */
  public static String fileOf(SampleArtifact artifact) {
    return "/files/" + artifact.filename();
  }

  /** The path of the metadata beside an artifact. */
  public static String metadataOf(SampleArtifact artifact) {
    return fileOf(artifact) + ".metadata";
  }

  /** The path of an artifact's provenance. */
  public static String provenanceOf(SampleArtifact artifact) {
    return "/integrity/%s/%s/%s/provenance"
        .formatted(artifact.project(), artifact.version(), artifact.filename());
  }

  /** Where the simple index begins; an index URL, as pip calls it. */
  public URI uri() {
    return at("/simple/");
  }

  /** The address of a path. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Publishes an artifact of which all is told, truly. */
  public FakeIndex publish(SampleArtifact artifact) {
    return publish(artifact, offer -> {});
  }

  /** Publishes an artifact as the second argument says, instead of one of the same file name. */
  public FakeIndex publish(SampleArtifact artifact, Consumer<Offer> how) {
    Offer offer = new Offer(artifact);
    how.accept(offer);
    if (offer.url() == null) {
      offer.at(fileHost.at(fileOf(artifact)));
    }
    fileHost.catalogue.hold(offer);
    catalogue.list(offer, offer.provenance() == null ? null : fileHost.at(provenanceOf(artifact)));
    return this;
  }

  /** Takes an artifact from its page; its file stays. */
  public FakeIndex unlist(SampleArtifact artifact) {
    catalogue.unlist(artifact);
    return this;
  }

  /** Serves any content at any path. */
  public FakeIndex serve(String path, String contentType, byte[] content) {
    catalogue.hold(path, contentType, content);
    return this;
  }

  /** Keeps the files of what is published from now on at another index. */
  public FakeIndex keepsFilesAt(FakeIndex other) {
    fileHost = other;
    return this;
  }

  /** Gives a project, which may have no files, a status, as {@code quarantined} (PEP 792). */
  public FakeIndex status(String project, String status, @Nullable String reason) {
    catalogue.status(ProjectName.parse(project), new ProjectStatusText(status, reason));
    return this;
  }

  /** Answers with HTML only, whatever is accepted. */
  public FakeIndex speaksOnlyHtml() {
    catalogue.representations(Catalogue.Representations.HTML);
    return this;
  }

  /** Answers with JSON only, whatever is accepted. */
  public FakeIndex speaksOnlyJson() {
    catalogue.representations(Catalogue.Representations.JSON);
    return this;
  }

  /** Sends this Cache-Control with pages, as {@code max-age=600, public}. */
  public FakeIndex cacheControl(String value) {
    catalogue.pageHeader("Cache-Control", value);
    return this;
  }

  /** Sends this Last-Modified with pages, and 304 to who sends it back. */
  public FakeIndex lastModified(String httpDate) {
    catalogue.pageHeader("Last-Modified", httpDate);
    return this;
  }

  /** Sends pages without an ETag. */
  public FakeIndex withoutEtags() {
    catalogue.withoutEtags();
    return this;
  }

  /** Answers 401 to all who do not send these by basic authentication. */
  public FakeIndex requiresCredentials(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(UTF_8);
    authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
    return this;
  }

  /** The script of a path, to change what it does. */
  public PathScript on(String path) {
    return scripts.computeIfAbsent(path, any -> new PathScript());
  }

  /** All requests, in the order in which they came. */
  public List<FakeRequest> requests() {
    return log.all();
  }

  /** The requests to a path. */
  public List<FakeRequest> requestsTo(String path) {
    return log.to(path);
  }

  /**
   * Waits until so many requests came to a path.
   *
   * @throws IllegalStateException when they do not within half a minute
   */
  public void awaitRequests(String path, int count) throws InterruptedException {
    log.await(path, count);
  }

  /** Cuts all connections and refuses new ones. */
  public void goesDown() {
    listener.close();
  }

  /** Listens again, at the same address. */
  public void comesBack() {
    try {
      listener = Listener.open(port, this::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answer(FakeRequest request, OutputStream out) throws IOException {
    log.add(request);
    boolean headOnly = request.method().equals("HEAD");
    return on(request.path()).play(answerTo(request), headOnly, out);
  }

  private Answer answerTo(FakeRequest request) {
    String required = authorization;
    if (required != null && !request.header("Authorization").orElse("").equals(required)) {
      return Answer.of(401, "credentials are required")
          .with("WWW-Authenticate", "Basic realm=\"fake\"");
    }
    return catalogue.answer(request);
  }

  /** Cuts all connections, also those that hang; nothing of it is left running. */
  @Override
  public void close() {
    listener.close();
  }
}
