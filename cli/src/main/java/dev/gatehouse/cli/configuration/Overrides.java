package dev.gatehouse.cli.configuration;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says, which comes before the file.
 *
 * @param listen null: as the file says
 * @param data null: as the file says
 * @param upstreams the only upstreams; empty: as the file says
 */
public record Overrides(
    @Nullable InetSocketAddress listen, @Nullable Path data, List<URI> upstreams) {
  /** Nothing: all is as the file says. */
  public static final Overrides NONE = new Overrides(null, null, List.of());

  public Overrides {
    upstreams = List.copyOf(upstreams);
  }
}
