package dev.gatehouse.gateway.inference;

/** Carries a call to a deployment and the answer back to the client. */
interface Carrier {
  /** Makes one try. Whatever goes wrong with the provider is a value. */
  Outcome carry(Attempt attempt);
}
