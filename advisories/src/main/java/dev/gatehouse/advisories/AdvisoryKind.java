package dev.gatehouse.advisories;

/** What an advisory is about. */
public enum AdvisoryKind {
  /** The versions were made to do harm: nobody should install them. */
  MALWARE,
  /** The versions have a fault that others can use. */
  VULNERABILITY
}
