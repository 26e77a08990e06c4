package dev.gatehouse.inbound;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and how it is logged.
 *
 * @param listen port 0: any free one
 * @param tls null: plain HTTP
 * @param logs the folder of the access log
 * @param queries whether the access log shows what follows a path's question mark; not where that
 *     may be a secret
 * @param surfaces the first parts of the paths that the metrics tell apart
 */
public record Listener(
    InetSocketAddress listen,
    @Nullable TlsFiles tls,
    Path logs,
    boolean queries,
    List<String> surfaces) {
  public Listener {
    surfaces = List.copyOf(surfaces);
  }
}
