package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;

/** The version of the API that a page declares (PEP 629). */
final class ApiVersion {
  /** All that this package writes: PEP 792. PEP 752's 1.5 is not among it. */
  static final String NEWEST = "1.4";

  /** What a page may claim whose files do not all have a size, which 1.1 demands (PEP 700). */
  static final String FIRST = "1.0";

  private ApiVersion() {}

  /**
   * Refuses another major version than 1, as PEP 629 asks of clients; a newer minor one is
   * understood enough.
   */
  static void requireKnown(String version) {
    if (!version.equals("1") && !version.startsWith("1.")) {
      throw new MalformedException(
          "a page of API version 1 was expected, not of " + quoted(version));
    }
  }
}
