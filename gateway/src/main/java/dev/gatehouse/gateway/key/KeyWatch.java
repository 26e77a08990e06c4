package dev.gatehouse.gateway.key;

import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hears of tokens that were refused. It is told on the way of the call, before the answer, and must
 * not keep it: what takes time, as a webhook does, is done elsewhere, else the time that the answer
 * takes tells a decoy from an unknown token.
 */
public interface KeyWatch {
  /** Why a token was refused. */
  enum Cause {
    UNKNOWN,
    REVOKED,
    EXPIRED,
    ADDRESS
  }

  /**
   * A token was refused.
   *
   * @param key null: none has this token
   */
  void refused(Cause cause, @Nullable VirtualKey key, InetAddress from, Instant at);

  /** A decoy was used: whoever has it took it from where it was left. */
  void decoyUsed(VirtualKey decoy, InetAddress from, Endpoint endpoint, Instant at);
}
