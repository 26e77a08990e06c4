package dev.gatehouse.provenance.attestation;

/**
 * An attestation as it was written: well-formed, and not verified.
 *
 * @param certificate of the signer, DER
 * @param entry of the transparency log
 * @param statement the bytes that were signed (in-toto, JSON)
 * @param signature over them, in DSSE's encoding
 */
public record Attestation(Octets certificate, LogEntry entry, Octets statement, Octets signature) {}
