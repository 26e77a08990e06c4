package dev.gatehouse.inbound;

import java.net.InetAddress;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Who asked, as the access log names it.
 *
 * @param address past trusted proxies
 * @param name a dash: nobody that is known
 */
public record LoggedCaller(InetAddress address, String name) {
  private static final String ATTRIBUTE = LoggedCaller.class.getName();

  /** Notes it for the request's line. */
  public void note(Request request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  static Optional<LoggedCaller> find(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof LoggedCaller caller
        ? Optional.of(caller)
        : Optional.empty();
  }
}
