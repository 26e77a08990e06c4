package dev.gatehouse.provenance.refresh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A TUF repository (specification 1.0, with consistent snapshots) on loopback that signs with keys
 * of its own, and can be made to answer anything.
 */
public final class TestTufRepository implements AutoCloseable {
  private static final Duration LASTING = Duration.ofDays(7);
  private static final Duration ROOT_LASTING = Duration.ofDays(365);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, HttpHandler> scripts = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, KeyPair> keys = new TreeMap<>();
  private final String firstRoot;
  private int rootVersion = 1;
  private int version;
  private int snapshots;
  private int timestamps;

  private TestTufRepository(HttpServer server, Instant now) {
    this.server = server;
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      keys.put(role, newKey());
    }
    this.firstRoot = root(now, key("root"));
    files.put("1.root.json", firstRoot.getBytes(StandardCharsets.UTF_8));
  }

  /** One that gives nothing yet but its first root, which ends in a year. */
  public static TestTufRepository start(Instant now) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TestTufRepository repository = new TestTufRepository(server, now);
      server.setExecutor(repository.threads);
      server.createContext("/", repository::answer);
      server.start();
      return repository;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a program knows it that was made when the first root was the newest. */
  public TufRepository repository() {
    return new TufRepository(
        URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())), firstRoot);
  }

  /** What was asked for, in order. */
  public List<String> asked() {
    return asked;
  }

  /** Gives out another trusted root, by new metadata that lasts a week. */
  public void publish(byte[] trustedRoot, Instant now) {
    publish(trustedRoot, now, "targets");
  }

  /**
   * The same, where another role's key signs the targets, and says that it is its own.
   *
   * @param signer the role
   */
  void publish(byte[] trustedRoot, Instant now, String signer) {
    version++;
    Sha256 hash = Sha256.digest(trustedRoot);
    put("targets/%s.trusted_root.json".formatted(hash.hex()), trustedRoot);
    SortedMap<String, Object> targets = head(signer, version, now.plus(LASTING));
    targets.put("targets", Map.of("trusted_root.json", described(trustedRoot)));
    put("%d.targets.json".formatted(version), signed(targets, key(signer)));
    publishSnapshot(version, now);
  }

  /** Gives out a new snapshot and a new time stamp, over targets that are there. */
  void publishSnapshot(int targetsVersion, Instant now) {
    int snapshotVersion = ++snapshots;
    SortedMap<String, Object> snapshot = head("snapshot", snapshotVersion, now.plus(LASTING));
    snapshot.put("meta", Map.of("targets.json", Map.of("version", targetsVersion)));
    String text = signed(snapshot, key("snapshot"));
    put("%d.snapshot.json".formatted(snapshotVersion), text);
    publishTimestamp(snapshotVersion, now);
  }

  /** Gives out a new time stamp over a snapshot that is there. */
  void publishTimestamp(int snapshotVersion, Instant now) {
    byte[] snapshot = file("%d.snapshot.json".formatted(snapshotVersion));
    SortedMap<String, Object> described = described(snapshot);
    described.put("version", snapshotVersion);
    SortedMap<String, Object> timestamp = head("timestamp", ++timestamps, now.plus(LASTING));
    timestamp.put("meta", Map.of("snapshot.json", described));
    put("timestamp.json", signed(timestamp, key("timestamp")));
  }

  /**
   * Gives out a new root with other keys for all roles; what was published is signed by the old.
   */
  void rotate(Instant now) {
    KeyPair old = key("root");
    keys.replaceAll((_, _) -> newKey());
    rootVersion++;
    put("%d.root.json".formatted(rootVersion), root(now, old, key("root")));
  }

  /** Gives out a root with the keys of somebody else alone. */
  void rotateUnsigned(Instant now) {
    keys.replaceAll((_, _) -> newKey());
    rootVersion++;
    put("%d.root.json".formatted(rootVersion), root(now, key("root")));
  }

  /** A file as it is given out now. */
  byte[] file(String path) {
    return Objects.requireNonNull(files.get(path), path).clone();
  }

  /** Gives these bytes out. */
  void put(String path, byte[] bytes) {
    files.put(path, bytes);
  }

  private void put(String path, String text) {
    put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Has requests for a file answered by a script. */
  void script(String path, HttpHandler handler) {
    scripts.put(path, handler);
  }

  private String root(Instant now, KeyPair... signers) {
    SortedMap<String, Object> root = head("root", rootVersion, now.plus(ROOT_LASTING));
    root.put("consistent_snapshot", true);
    SortedMap<String, Object> all = new TreeMap<>();
    SortedMap<String, Object> roles = new TreeMap<>();
    keys.forEach(
        (role, key) -> {
          all.put(
              keyId(key),
              Map.of(
                  "keytype", "ed25519", "scheme", "ed25519", "keyval", Map.of("public", hex(key))));
          roles.put(role, Map.of("keyids", List.of(keyId(key)), "threshold", 1));
        });
    root.put("keys", all);
    root.put("roles", roles);
    return signed(root, signers);
  }

  private KeyPair key(String role) {
    return Objects.requireNonNull(keys.get(role), role);
  }

  private static SortedMap<String, Object> head(String type, int version, Instant end) {
    SortedMap<String, Object> head = new TreeMap<>();
    head.put("_type", type);
    head.put("expires", end.truncatedTo(ChronoUnit.SECONDS).toString());
    head.put("spec_version", "1.0");
    head.put("version", version);
    return head;
  }

  private static SortedMap<String, Object> described(byte[] file) {
    SortedMap<String, Object> described = new TreeMap<>();
    described.put("hashes", Map.of("sha256", Sha256.digest(file).hex()));
    described.put("length", file.length);
    return described;
  }

  private static String signed(SortedMap<String, Object> signed, KeyPair... signers) {
    String text = json(signed);
    List<Object> signatures = new ArrayList<>();
    for (KeyPair signer : signers) {
      signatures.add(Map.of("keyid", keyId(signer), "sig", signature(signer, text)));
    }
    return "{\"signatures\":%s,\"signed\":%s}".formatted(json(signatures), text);
  }

  /** Canonical JSON of what has neither fractions nor characters that are escaped. */
  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          new TreeMap<>(map)
              .entrySet().stream()
                  .map(entry -> "\"%s\":%s".formatted(entry.getKey(), json(entry.getValue())))
                  .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(TestTufRepository::json).collect(Collectors.joining(",", "[", "]"));
      case String text -> "\"" + text + "\"";
      default -> value.toString();
    };
  }

  private static String signature(KeyPair key, String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The 32 bytes that end an encoded public key (RFC 8410, section 4). */
  private static String hex(KeyPair key) {
    byte[] encoded = key.getPublic().getEncoded();
    return HexFormat.of()
        .formatHex(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  private static String keyId(KeyPair key) {
    return Sha256.digest(key.getPublic().getEncoded()).hex();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath().substring(1);
      asked.add(path);
      HttpHandler script = scripts.get(path);
      byte[] file = files.get(path);
      if (script != null) {
        script.handle(exchange);
      } else if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
