package dev.gatehouse.provenance;

import java.util.Locale;

/** Why an attestation, or the document that holds it, is refused. Its text is for ever. */
public enum Reason {
  /** Larger than anything honest is. */
  OVERSIZED,
  /** The JSON ends in the middle. */
  TRUNCATED,
  /** It is not JSON. */
  NOT_JSON,
  /** Something follows the end of the JSON. */
  TRAILING_CONTENT,
  /** Not UTF-8, or Base64 that is written otherwise than an encoder writes it (RFC 4648, 3.5). */
  WRONG_ENCODING,
  /** A key stands twice: readers would disagree on which one counts (RFC 8259, section 4). */
  DUPLICATE_KEY,
  /** A key that this version does not have. */
  UNKNOWN_KEY,
  /** A key that must be there is not. */
  MISSING_KEY,
  /** A value of another type than the key's. */
  WRONG_TYPE,
  /** A version other than 1. */
  UNKNOWN_VERSION,
  /** The provenance object holds no attestation. */
  EMPTY,
  /** The same attestation stands twice. */
  DOUBLED,
  /** There is not exactly one entry of the transparency log. */
  LOG_ENTRIES,
  /** What was signed is not an in-toto statement of version 1. */
  NOT_A_STATEMENT,
  /** The statement has more or fewer subjects than one. */
  SUBJECTS,
  /** The statement says something that nobody here understands. */
  UNKNOWN_PREDICATE,
  /** The subject is no artifact's file name. */
  MALFORMED_NAME,
  /** It is about another file: the artifact was renamed, or the attestation is another's. */
  OTHER_NAME,
  /** The subject means this file and is spelt in a way that nobody writes. */
  OTHER_SPELLING,
  /** It is about other bytes: the artifact was altered. */
  OTHER_DIGEST,
  /** The certificate cannot be read. */
  CERTIFICATE,
  /** The certificate does not lead to an authority of the trusted root. */
  UNTRUSTED,
  /** The transparency log does not prove what the entry says. */
  LOG_PROOF,
  /** The entry of the transparency log is about something else. */
  LOG_ENTRY,
  /** It was signed when the certificate, or the log's key, was not valid. */
  SIGNING_TIME,
  /** The signature is not one over the statement by the certificate's key. */
  SIGNATURE,
  /** The certificate lacks the extensions that say who signed. */
  NO_IDENTITY,
  /** The certificate was given for a token of an issuer that is no known publisher's. */
  UNKNOWN_ISSUER,
  /** The certificate's extensions contradict each other. */
  IDENTITY,
  /** The index names another publisher than the certificate. */
  OTHER_PUBLISHER,
  /** Every authority of the trusted root has ended. */
  ROOT_EXPIRED;

  /** As it is written in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it says something of our own trusted root, and nothing of the attestation. */
  public boolean isOurs() {
    return this == ROOT_EXPIRED;
  }
}
