package dev.gatehouse.provenance;

import dev.gatehouse.packaging.MalformedException;

/**
 * That an attestation is refused, and why.
 *
 * @param message one clause, fit to be shown
 */
public record Refusal(Reason reason, String message) {
  /** Makes what came from strangers printable, and cuts it. */
  public Refusal {
    message = MalformedException.printable(message);
  }
}
