package dev.gatehouse.index.mirror;

import dev.gatehouse.upstream.UpstreamFailure;

/**
 * Why a file could not be had: what was tried, what went wrong, what to do.
 *
 * @param code a stable name in kebab case
 */
public record MirrorFailure(Cause cause, String code, String tried, String problem, String remedy) {
  /** Which side failed; they are never mistaken for each other. */
  public enum Cause {
    /** The bytes are not those that the page promised. */
    MISMATCH,
    /** The upstream lists the file and does not have it. */
    ABSENT,
    /** The upstream could not be asked, or broke off. */
    UPSTREAM,
    /** The upstream did not answer in time. */
    UPSTREAM_TIMEOUT,
    /** Our own store could not take it. */
    STORE,
    /** It was had, and the vetting does not let it leave. */
    REFUSED
  }

  static MirrorFailure of(UpstreamFailure failure) {
    Cause cause =
        failure.code() == UpstreamFailure.Code.TIMEOUT ? Cause.UPSTREAM_TIMEOUT : Cause.UPSTREAM;
    return new MirrorFailure(
        cause, failure.code().text(), failure.tried(), failure.problem(), failure.remedy());
  }

  /** One line for a log. */
  @Override
  public String toString() {
    return "Could not " + tried + ": " + problem + " (" + code + "). " + remedy;
  }
}
