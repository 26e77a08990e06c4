package dev.gatehouse.outbound;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the way out is set up.
 *
 * @param environment where {@code https_proxy}, {@code http_proxy} and {@code no_proxy} are looked
 *     up, in lower case first; other entries do not matter
 * @param caFile certificates in PEM that are trusted besides those of the JDK; null: none
 * @param connectTimeout how long a connection may take to be made
 * @param connections the most to one place at a time; what is more waits for one of them
 */
public record OutboundSettings(
    Map<String, String> environment,
    @Nullable Path caFile,
    Duration connectTimeout,
    int connections) {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** uv asks for 50 files at a time. */
  private static final int CONNECTIONS = 64;

  public OutboundSettings {
    environment = Map.copyOf(environment);
    if (!connectTimeout.isPositive()) {
      throw new IllegalArgumentException("a time-out is positive");
    }
    if (connections < 1) {
      throw new IllegalArgumentException("at least one connection, not " + connections);
    }
  }

  /** No proxy and no certificates but the JDK's. */
  public static OutboundSettings direct() {
    return new OutboundSettings(Map.of(), null, CONNECT, CONNECTIONS);
  }

  /** As the environment says. */
  public static OutboundSettings of(Map<String, String> environment, @Nullable Path caFile) {
    return new OutboundSettings(environment, caFile, CONNECT, CONNECTIONS);
  }

  /** The same, with so many connections to one place. */
  public OutboundSettings withConnections(int most) {
    return new OutboundSettings(environment, caFile, connectTimeout, most);
  }

  /** The environment may hold a proxy's password. */
  @Override
  public String toString() {
    return "OutboundSettings[caFile=" + caFile + ", connectTimeout=" + connectTimeout + "]";
  }
}
