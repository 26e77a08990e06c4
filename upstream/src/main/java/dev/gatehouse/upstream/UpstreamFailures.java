package dev.gatehouse.upstream;

import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.upstream.UpstreamFailure.Code;

/** The failures of one attempt. */
final class UpstreamFailures {
  private static final String CHECK_ADDRESS =
      "Check the upstream's url in gatehouse.toml: it is that of a simple index (PEP 503).";

  private final String tried;

  /**
   * @param tried what is tried, after "could not"
   */
  UpstreamFailures(String tried) {
    this.tried = tried;
  }

  UpstreamFailure of(OutboundException failure) {
    Code code =
        switch (failure.code()) {
          case REFUSED -> Code.REFUSED;
          case UNREACHABLE -> Code.UNREACHABLE;
          case TIMEOUT -> Code.TIMEOUT;
          case TLS -> Code.TLS;
          case REDIRECT -> Code.REDIRECT;
          case ADDRESS -> Code.ADDRESS;
          case TRUNCATED -> Code.TRUNCATED;
          case TOO_LARGE -> Code.TOO_LARGE;
          case MALFORMED -> Code.MALFORMED;
        };
    String remedy =
        code == Code.ADDRESS
            ? "If its files are meant to come from there, add the host to the upstream's"
                + " private-hosts in gatehouse.toml."
            : failure.remedy();
    return new UpstreamFailure(code, tried, failure.problem(), remedy);
  }

  UpstreamFailure of(int status) {
    String problem = "it answers with the status " + status;
    return status == 401 || status == 403
        ? new UpstreamFailure(
            Code.CREDENTIALS,
            tried,
            problem,
            "Check the upstream's credentials in gatehouse.toml, and what they may read there.")
        : new UpstreamFailure(
            Code.STATUS, tried, problem, "Try again later; if it stays so, ask its operator.");
  }

  UpstreamFailure malformed(String problem) {
    return new UpstreamFailure(Code.MALFORMED, tried, problem, CHECK_ADDRESS);
  }

  UpstreamFailure folder(String problem) {
    return new UpstreamFailure(
        Code.FOLDER, tried, problem, "Check that the folder is there and can be read.");
  }
}
