package dev.gatehouse.upstream;

import dev.gatehouse.outbound.Outbound;

/** Makes upstreams. */
public final class Upstreams {
  private Upstreams() {}

  /**
   * Makes the upstream that the settings describe; it is not asked for anything yet, so it need not
   * be there.
   *
   * @param outbound the way to it where it is not a folder
   * @throws IllegalArgumentException when a folder's address is none that this machine can have
   */
  public static Upstream open(UpstreamSettings settings, Outbound outbound) {
    return settings.isFolder()
        ? new FolderUpstream(settings)
        : new HttpUpstream(settings, outbound, HttpLimits.usual());
  }
}
