package dev.gatehouse.pins.file;

/** What a requirement is there for. */
public enum Role {
  /** Somebody wants it. */
  DECLARED,
  /** It limits what others want, and installs nothing by itself (pip's {@code -c}). */
  CONSTRAINT,
  /** It is installed to build the project (PEP 518). */
  BUILD,
  /** A tool settled on it. */
  LOCKED
}
