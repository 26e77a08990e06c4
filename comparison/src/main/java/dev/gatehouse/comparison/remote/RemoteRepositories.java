package dev.gatehouse.comparison.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.eclipse.jgit.lib.Constants.R_HEADS;
import static org.eclipse.jgit.lib.Constants.R_TAGS;

import dev.gatehouse.comparison.source.OwnSettings;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Repositories that were fetched over http or https and are kept, bare, in a folder: branches and
 * tags, not what strangers proposed. Nothing is checked out, and nothing of them runs.
 */
public final class RemoteRepositories {
  /**
   * A file of ours in the repository: their names, a line each, which git allows no line ends in.
   */
  private static final String MOVED_TAGS = "gatehouse-moved-tags";

  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final Outbound outbound;
  private final Path folder;
  private final RemoteLimits limits;
  private final InstantSource clock;

  /**
   * @param folder where they are kept; made where it is missing
   * @param clock against which the time is measured
   */
  public RemoteRepositories(
      Outbound outbound, Path folder, RemoteLimits limits, InstantSource clock) {
    this.outbound = outbound;
    this.folder = folder;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * A repository that is here now.
   *
   * @param path the bare repository
   * @param movedTags the tags that stood for something else when it was fetched at some time before
   */
  public record Fetched(Path path, List<String> movedTags) {
    /** Takes a copy. */
    public Fetched {
      movedTags = List.copyOf(movedTags);
    }
  }

  /**
   * Fetches what is new of a repository.
   *
   * @param named whether the user named the address; if not, it stands in what a stranger wrote,
   *     and leads to no private address
   * @throws SourceException where it cannot be had, or is more than the limits allow
   */
  public Fetched fetch(URI address, boolean named) throws SourceException {
    OwnSettings.install();
    try {
      Files.createDirectories(folder);
      Path path = folder.resolve(Sha256.digest(address.toString().getBytes(UTF_8)).hex() + ".git");
      try (FileChannel channel =
              FileChannel.open(
                  path.resolveSibling(path.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return fetch(path, address, named);
      }
    } catch (SourceException e) {
      throw e;
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      throw failed(address, e);
    }
  }

  /**
   * Asks what a repository's branches and tags stand for; nothing is fetched or kept.
   *
   * @param named whether the user named the address, as with {@link #fetch}
   * @return commits in hex by {@code refs/heads/…} and {@code refs/tags/…}; a tag that is an object
   *     of its own stands for the commit that it names
   * @throws SourceException where it cannot be had, or is more than the limits allow
   */
  public Map<String, String> refs(URI address, boolean named) throws SourceException {
    OwnSettings.install();
    try (Connections connections =
            new Connections(outbound, named ? Origin.of(address) : null, limits);
        Repository none = new InMemoryRepository(new DfsRepositoryDescription());
        Transport transport = Transport.open(none, new URIish(address.toString()))) {
      http(transport, address).setHttpConnectionFactory(connections);
      try (FetchConnection connection = transport.openFetch()) {
        Map<String, String> refs = new TreeMap<>();
        for (Ref ref : connection.getRefs()) {
          boolean listed = ref.getName().startsWith(R_HEADS) || ref.getName().startsWith(R_TAGS);
          ObjectId peeled = ref.getPeeledObjectId();
          ObjectId id = peeled == null ? ref.getObjectId() : peeled;
          if (listed && id != null) {
            refs.put(ref.getName(), id.name());
          }
        }
        return refs;
      }
    } catch (SourceException e) {
      throw e;
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      throw failed(address, e);
    }
  }

  private static TransportHttp http(Transport transport, URI address) throws SourceException {
    if (transport instanceof TransportHttp http) {
      return http;
    }
    throw new SourceException(
        "Could not fetch %s: only http and https are spoken.".formatted(shown(address)));
  }

  private Fetched fetch(Path path, URI address, boolean named)
      throws IOException, URISyntaxException {
    Origin origin = named ? Origin.of(address) : null;
    Deadline deadline = new Deadline(clock, limits.time());
    try (Repository repository =
            new FileRepositoryBuilder().setBare().setGitDir(path.toFile()).build();
        Connections connections = new Connections(outbound, origin, limits)) {
      if (!Files.exists(path.resolve(Constants.HEAD))) {
        repository.create(true);
      }
      try (Transport transport = Transport.open(repository, new URIish(address.toString()))) {
        TransportHttp http = http(transport, address);
        http.setHttpConnectionFactory(connections);
        http.setTagOpt(TagOpt.NO_TAGS);
        http.setRemoveDeletedRefs(true);
        http.setCheckFetchedObjects(true);
        FetchResult result =
            http.fetch(
                deadline,
                List.of(
                    new RefSpec("+" + R_HEADS + "*:" + R_HEADS + "*"),
                    new RefSpec("+" + R_TAGS + "*:" + R_TAGS + "*")));
        head(repository, result.getAdvertisedRef(Constants.HEAD));
        return new Fetched(path, allMoved(path.resolve(MOVED_TAGS), movedTags(result)));
      } catch (TransportException e) {
        if (deadline.isCancelled()) {
          throw new SourceException(
              "Could not fetch %s: it takes more than %d s. Clone it, and name the clone with --source."
                  .formatted(shown(address), limits.time().toSeconds()),
              e);
        }
        throw e;
      }
    }
  }

  /** The branch that is shown first is what is current. */
  private static void head(Repository repository, @Nullable Ref advertised) throws IOException {
    if (advertised != null && advertised.isSymbolic()) {
      repository.updateRef(Constants.HEAD).link(advertised.getTarget().getName());
    }
  }

  /** A tag that was moved once stays told, however often it is fetched afterwards. */
  private static List<String> allMoved(Path known, List<String> now) throws IOException {
    Set<String> all = new LinkedHashSet<>();
    if (Files.exists(known)) {
      all.addAll(Files.readAllLines(known));
    }
    if (all.addAll(now)) {
      Files.write(known, all);
    }
    return List.copyOf(all);
  }

  private static List<String> movedTags(FetchResult result) {
    List<String> moved = new ArrayList<>();
    for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
      String name = update.getLocalName();
      boolean was = update.getOldObjectId() != null && !isZero(update.getOldObjectId());
      boolean is = update.getNewObjectId() != null && !isZero(update.getNewObjectId());
      if (name.startsWith(R_TAGS)
          && was
          && is
          && !update.getOldObjectId().equals(update.getNewObjectId())) {
        moved.add(name.substring(R_TAGS.length()));
      }
    }
    return moved;
  }

  private static boolean isZero(AnyObjectId id) {
    return id.equals(ObjectId.zeroId());
  }

  private static SourceException failed(URI address, Exception failure) {
    OutboundException cause = OutboundConnection.cause(failure);
    String message = String.valueOf(failure.getMessage());
    if (cause != null) {
      return new SourceException(
          "Could not fetch %s: %s. %s".formatted(shown(address), cause.problem(), cause.remedy()),
          failure);
    }
    boolean missing =
        failure instanceof NoRemoteRepositoryException
            || message.contains("authenticat")
            || message.contains("not authorized");
    if (missing) {
      return new SourceException(
          "Could not fetch %s: there is none, or it is private. Clone it, and name the clone with --source."
              .formatted(shown(address)),
          failure);
    }
    return new SourceException(
        "Could not fetch %s: %s. Clone it, and name the clone with --source."
            .formatted(shown(address), Printable.of(message, 300)),
        failure);
  }

  /** Without a user and his password. */
  private static String shown(URI address) {
    String text = address.toString();
    int at = text.indexOf('@');
    int scheme = text.indexOf("://");
    boolean user = at >= 0 && scheme >= 0 && !text.substring(scheme + 3, at).contains("/");
    return Printable.of(user ? text.substring(0, scheme + 3) + text.substring(at + 1) : text, 300);
  }

  /** The connections of one fetch; they are let go with it. */
  private static final class Connections implements HttpConnectionFactory, AutoCloseable {
    private final Outbound outbound;
    private final @Nullable Origin named;
    private final Limits limits;
    private final List<OutboundConnection> made = new ArrayList<>();

    Connections(Outbound outbound, @Nullable Origin named, RemoteLimits limits) {
      this.outbound = outbound;
      this.named = named;
      this.limits = new Limits(limits.time(), SILENCE, limits.bytes());
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
      try {
        OutboundConnection connection =
            new OutboundConnection(outbound, url.toURI(), named, limits);
        made.add(connection);
        return connection;
      } catch (URISyntaxException e) {
        throw new IOException("its address is malformed", e);
      }
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
      // The way out knows its own proxies.
      return create(url);
    }

    @Override
    public void close() {
      made.forEach(OutboundConnection::close);
    }
  }

  /** Ends a fetch that takes too long. */
  private static final class Deadline extends EmptyProgressMonitor {
    private final InstantSource clock;
    private final Instant end;

    Deadline(InstantSource clock, Duration time) {
      this.clock = clock;
      this.end = clock.instant().plus(time);
    }

    @Override
    public boolean isCancelled() {
      return clock.instant().isAfter(end);
    }
  }
}
