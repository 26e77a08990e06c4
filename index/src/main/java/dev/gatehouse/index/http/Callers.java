package dev.gatehouse.index.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.inbound.Peers;
import dev.gatehouse.index.client.Client;
import dev.gatehouse.index.client.Clients;
import dev.gatehouse.outbound.Secret;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Finds out who asks. */
final class Callers {
  private final Peers peers;
  private final Clients clients;

  Callers(Peers peers, Clients clients) {
    this.peers = peers;
    this.clients = clients;
  }

  /**
   * @throws ProblemException where credentials came that are not known: whoever sends a token means
   *     to be somebody, and is not quietly taken for nobody
   */
  Caller identify(Request request) {
    return new Caller(client(request), peers.address(request), Peers.isLocal(request));
  }

  private @Nullable Client client(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null) {
      return null;
    }
    return token(header)
        .flatMap(clients::authenticate)
        .orElseThrow(() -> Problems.tokenUnknown().asException());
  }

  /**
   * The bearer token (RFC 6750), or the password of basic authentication (RFC 7617) whatever its
   * user's name.
   */
  private static Optional<Secret> token(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String credentials = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> secret(credentials);
      case "basic" -> password(credentials);
      default -> Optional.empty();
    };
  }

  private static Optional<Secret> password(String credentials) {
    try {
      String userAndPassword = new String(Base64.getDecoder().decode(credentials), UTF_8);
      int colon = userAndPassword.indexOf(':');
      return colon < 0 ? Optional.empty() : secret(userAndPassword.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<Secret> secret(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
  }
}
