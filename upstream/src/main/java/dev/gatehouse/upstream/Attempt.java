package dev.gatehouse.upstream;

import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.upstream.UpstreamFailure.Code;

/**
 * Something that is tried with an upstream, and how it is told that it failed. What is told may
 * reach clients, so it names neither addresses, which may be signed, nor paths of this machine.
 *
 * @param tried as it stands after "could not"
 */
record Attempt(String tried) {
  UpstreamFailure failed(Code code, String problem, String remedy) {
    return new UpstreamFailure(code, tried, problem, remedy);
  }

  UpstreamFailure failed(OutboundException e) {
    Code code = code(e.code());
    String remedy =
        code == Code.ADDRESS
            ? "If its files are meant to lie on that host, name it in the upstream's private-hosts."
            : e.remedy();
    return failed(code, e.problem(), remedy);
  }

  private static Code code(OutboundException.Code code) {
    return switch (code) {
      case REFUSED -> Code.REFUSED;
      case UNREACHABLE -> Code.UNREACHABLE;
      case TIMEOUT -> Code.TIMEOUT;
      case TLS -> Code.TLS;
      case REDIRECT -> Code.REDIRECT;
      case ADDRESS -> Code.ADDRESS;
      // Nobody cancels here; what broke off is cut short all the same.
      case CANCELLED, TRUNCATED -> Code.TRUNCATED;
      case TOO_LARGE -> Code.TOO_LARGE;
      case MALFORMED -> Code.MALFORMED;
    };
  }

  /** For a status that is neither the answer nor says that there is none. */
  UpstreamFailure failed(int status) {
    return failed(
        status == 401 || status == 403 ? Code.CREDENTIALS : Code.STATUS,
        "it answered with the status " + status,
        remedy(status));
  }

  private static String remedy(int status) {
    return switch (status) {
      case 401, 403 ->
          "Check the upstream's credentials in the configuration: they are missing, wrong, or may not read this.";
      case 407 -> "Check the user and the password of the proxy.";
      case 429 -> "It limits how often it is asked: try again later.";
      default ->
          status >= 500
              ? "Try again later; if it stays so, look into the upstream's own log."
              : "Check that the upstream's address is that of a simple index.";
    };
  }
}
