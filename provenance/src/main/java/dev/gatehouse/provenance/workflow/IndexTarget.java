package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Where an upload goes.
 *
 * @param shown for people, without credentials
 * @param address as the workflow has it; empty where it has none
 */
record IndexTarget(Kind kind, String shown, String address) {
  static final IndexTarget PYPI = new IndexTarget(Kind.PYPI, "PyPI", "");
  static final IndexTarget TESTPYPI =
      new IndexTarget(Kind.TESTPYPI, "TestPyPI", "https://test.pypi.org/legacy/");
  private static final IndexTarget UNKNOWN =
      new IndexTarget(Kind.UNKNOWN, "an index that the workflow computes", "");

  /** What is known of it. */
  enum Kind {
    PYPI,
    TESTPYPI,
    /** The user says that it takes trusted publishing, as a Gatehouse does. */
    TRUSTING,
    /** An index of one's own, which is not told to do what it may not be able to. */
    PRIVATE,
    /** A variable names it. */
    UNKNOWN
  }

  /**
   * The index of an address or of a name that the tool's own configuration explains.
   *
   * @param trusting hosts of private indexes that take trusted publishing, in lower case
   */
  static IndexTarget of(String text, Set<String> trusting) {
    String name = text.strip();
    if (name.contains("://")) {
      return ofAddress(name, trusting);
    }
    if (name.contains("$")) {
      return UNKNOWN;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "", "pypi", "main" -> PYPI;
      case "testpypi", "test-pypi", "test_pypi", "test", "pypitest" -> TESTPYPI;
      default -> new IndexTarget(Kind.PRIVATE, Printable.of(name, 100), "");
    };
  }

  private static IndexTarget ofAddress(String text, Set<String> trusting) {
    String rest = text.substring(text.indexOf("://") + 3);
    String authority = rest.split("[/?#]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    if (host.contains("$") || host.contains("{")) {
      return UNKNOWN;
    }
    return switch (host) {
      case "upload.pypi.org", "pypi.org", "upload.pypi.io", "pypi.python.org" -> PYPI;
      case "test.pypi.org" -> TESTPYPI;
      default ->
          new IndexTarget(
              trusting.contains(host) ? Kind.TRUSTING : Kind.PRIVATE,
              Printable.of(host, 100),
              text);
    };
  }

  /**
   * The host of an address that a user gave, as {@link #of} compares it; empty where it has none.
   */
  static String host(String address) {
    try {
      String host = new URI(address).getRawAuthority();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (URISyntaxException e) {
      return "";
    }
  }

  /** Whether a publisher can be registered there. */
  boolean trusts() {
    return switch (kind) {
      case PYPI, TESTPYPI, TRUSTING -> true;
      case PRIVATE, UNKNOWN -> false;
    };
  }

  /** Whether attestations are taken there. */
  boolean takesAttestations() {
    return switch (kind) {
      case PYPI, TESTPYPI -> true;
      case TRUSTING, PRIVATE, UNKNOWN -> false;
    };
  }
}
