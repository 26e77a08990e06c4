package dev.gatehouse.pins.file;

import dev.gatehouse.pins.text.Location;

/**
 * Something that a file says of where, and how carefully, everything in it is fetched.
 *
 * @param value as it was written; empty where the option takes none
 * @param name as it was written: {@code --extra-index-url}
 */
public record IndexOption(Kind kind, String name, String value, Location location) {
  /** What it does. */
  public enum Kind {
    /** Replaces the index. */
    INDEX,
    /** Adds another one, equal to the first: whichever has the higher version wins. */
    EXTRA_INDEX,
    /** Adds a page or folder of files. */
    FIND_LINKS,
    /** Forbids any index. */
    NO_INDEX,
    /** Turns the check of a host's certificate off. */
    TRUSTED_HOST,
    /** Refuses whatever has no hash. */
    REQUIRE_HASHES,
    /** Turns that off again. */
    NO_REQUIRE_HASHES,
    /** Takes pre-releases. */
    PRE,
    /** Any other that pip knows; kept, since it may matter to who writes the file. */
    OTHER
  }
}
