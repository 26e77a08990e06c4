package dev.gatehouse.gateway.key;

/** Whether a call with a token may go on. Budgets and rates are asked for afterwards. */
public sealed interface Admission {
  /** It may. */
  record Admitted(VirtualKey key) implements Admission {}

  /**
   * It may not, and is told nothing of why: whether the token was never one, is revoked, has
   * expired, is a decoy or came from another address is not for whoever may have stolen it. The
   * {@link KeyWatch} hears of it.
   */
  record Unusable() implements Admission {}

  /** The key is good, but not for this endpoint. */
  record EndpointNotAllowed(VirtualKey key, Endpoint endpoint) implements Admission {}

  /** The key is good, but not for this model. */
  record ModelNotAllowed(VirtualKey key, String model) implements Admission {}
}
