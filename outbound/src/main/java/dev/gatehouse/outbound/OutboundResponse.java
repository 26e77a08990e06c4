package dev.gatehouse.outbound;

import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer of any status. Whoever got it closes it; what was not read of it by then is aborted.
 */
public interface OutboundResponse extends AutoCloseable {
  int status();

  /** A header's first value. */
  Optional<String> header(String name);

  /** Where the answer came from, after all redirects. */
  URI uri();

  /** How long the body is declared to be; empty where it is not, or is coded. */
  OptionalLong length();

  /**
   * The body, decoded. Reading throws {@link OutboundException} where it breaks off, stalls or is
   * too large.
   */
  InputStream body();

  /** Whether all of the body has come, so that reading on to its end waits for nothing. */
  boolean isOver();

  @Override
  void close();
}
