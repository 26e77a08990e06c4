package dev.gatehouse.index.settings;

/** Who may read pages and files without a token. */
public enum AnonymousReading {
  /** Whoever asks from this machine, directly and by a loopback name. */
  LOOPBACK,
  /** Everyone who can reach the address. */
  EVERYONE,
  /** Nobody. */
  NOBODY
}
