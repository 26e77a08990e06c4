package dev.gatehouse.upstream;

/**
 * Why an upstream could not be asked or understood.
 *
 * @param tried what was tried, as it stands after "could not": {@code ask the upstream pypi for the
 *     page of litellm}
 * @param problem what went wrong, in a clause
 * @param remedy what to do about it, in a sentence
 */
public record UpstreamFailure(Code code, String tried, String problem, String remedy) {
  /** In what way; the texts are for ever. */
  public enum Code {
    /** No answer, or none that goes on, within the time it has. */
    TIMEOUT("upstream-timeout"),
    /** Nobody listens at the address. */
    REFUSED("upstream-refused"),
    /** The name cannot be resolved, or there is no way to the host. */
    UNREACHABLE("upstream-unreachable"),
    /** It does not let us in. */
    CREDENTIALS("upstream-credentials"),
    /** Any other status that says neither what it has nor that it has nothing. */
    STATUS("upstream-status"),
    /** A folder that cannot be read. */
    FOLDER("upstream-folder"),
    /** An answer that is not what an index answers. */
    MALFORMED("upstream-malformed"),
    /** An answer beyond a limit. */
    TOO_LARGE("upstream-too-large"),
    /** A redirect, or an address on a page, that must not be followed. */
    REDIRECT("upstream-redirect"),
    /** An address that nothing may be fetched from: a private one, or a file outside the folder. */
    ADDRESS("upstream-address"),
    /** No trustworthy TLS connection. */
    TLS("upstream-tls"),
    /** An answer that ended before it was whole. */
    TRUNCATED("upstream-truncated");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /** The code as it is shown, logged and documented. */
    public String text() {
      return text;
    }
  }

  /** The failure in two sentences. */
  public String message() {
    return "Could not %s: %s (%s). %s".formatted(tried, problem, code.text(), remedy);
  }
}
