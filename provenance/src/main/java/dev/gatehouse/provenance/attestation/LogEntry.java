package dev.gatehouse.provenance.attestation;

import java.time.Instant;
import java.util.List;

/**
 * An entry of a transparency log, as Rekor 1 gives it.
 *
 * @param logId the SHA-256 of the log's public key
 * @param kind of the body
 * @param version of the body
 * @param integrated when the log took it, to the second
 * @param promise the log's signature over body, time and place
 * @param body what the log holds, JSON
 */
public record LogEntry(
    long logIndex,
    Octets logId,
    String kind,
    String version,
    Instant integrated,
    Octets promise,
    InclusionProof proof,
    Octets body) {
  /**
   * That the log holds the entry.
   *
   * @param logIndex the place in the tree, which may be a part of the log
   * @param treeSize in leaves
   * @param rootHash of the tree
   * @param hashes from the leaf to the root
   * @param checkpoint a note of the log that signs root and size
   */
  public record InclusionProof(
      long logIndex, long treeSize, Octets rootHash, List<Octets> hashes, String checkpoint) {
    /** Takes a copy. */
    public InclusionProof {
      hashes = List.copyOf(hashes);
    }
  }
}
