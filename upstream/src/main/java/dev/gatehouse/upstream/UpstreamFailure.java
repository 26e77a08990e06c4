package dev.gatehouse.upstream;

/**
 * Why an upstream could not be asked.
 *
 * @param tried what was tried, after "could not": {@code ask the upstream pypi for the page of six}
 * @param problem what went wrong, in a clause
 * @param remedy what to do, in a sentence
 */
public record UpstreamFailure(Code code, String tried, String problem, String remedy) {
  /** In what way; the texts are for ever. */
  public enum Code {
    TIMEOUT("upstream-timeout"),
    REFUSED("upstream-refused"),
    UNREACHABLE("upstream-unreachable"),
    TLS("upstream-tls"),
    REDIRECT("upstream-redirect"),
    ADDRESS("upstream-address"),
    TRUNCATED("upstream-truncated"),
    TOO_LARGE("upstream-too-large"),
    MALFORMED("upstream-malformed"),
    CREDENTIALS("upstream-credentials"),
    STATUS("upstream-status"),
    FOLDER("upstream-folder");

    private final String text;

    Code(String text) {
      this.text = text;
    }

    /** The code in kebab case. */
    public String text() {
      return text;
    }
  }
}
