package dev.gatehouse.vetting.exposure;

import dev.gatehouse.packaging.artifact.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which clients received a version, and where it is installed.
 *
 * @param received by first receipt
 * @param installed by environment
 */
public record Exposure(List<Receipt> received, List<Installation> installed) {
  public Exposure {
    received = List.copyOf(received);
    installed = List.copyOf(installed);
  }

  /**
   * One client, address and agent that received, or was refused, one file.
   *
   * @param client empty: anonymous
   * @param clientId the client's, which never changes; null: anonymous, or an older version of
   *     Gatehouse wrote it down
   * @param times how often
   */
  public record Receipt(
      String file,
      Sha256 sha256,
      String client,
      @Nullable UUID clientId,
      String address,
      String agent,
      String outcome,
      Instant first,
      Instant last,
      long times) {}

  /**
   * An environment in which an audit found it.
   *
   * @param client who told
   * @param host the machine's name, as it calls itself
   * @param environment its path there
   * @param at when the audit looked
   */
  public record Installation(String client, String host, String environment, Instant at) {}
}
