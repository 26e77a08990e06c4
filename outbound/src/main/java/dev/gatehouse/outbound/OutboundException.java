package dev.gatehouse.outbound;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exchange that failed, before its answer or while it was read. */
public final class OutboundException extends IOException {
  private static final long serialVersionUID = 1L;

  /** In what way. */
  public enum Code {
    REFUSED("Check that the server runs and that the address and port are right."),
    UNREACHABLE("Check the address, the name service and the network."),
    TIMEOUT("Try again later; if it stays so, check the server and any proxy on the way."),
    TLS("Check the server's certificate; name a private authority's certificates in ca-file."),
    REDIRECT("Use the address that the server finally redirects to."),
    ADDRESS("If this host is meant to be reached, name it in the configuration."),
    CANCELLED("Ask again, if the answer is wanted after all."),
    TRUNCATED("Try again; if it stays so, check the server and any proxy on the way."),
    TOO_LARGE("Check that the address is the right one."),
    MALFORMED("Check that the address is that of a server of this kind.");

    private final String remedy;

    Code(String remedy) {
      this.remedy = remedy;
    }
  }

  private final Code code;
  private final String problem;
  private final String remedy;

  OutboundException(Code code, String problem, String remedy, @Nullable Throwable cause) {
    super(problem + " (" + code + ")", cause);
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }

  OutboundException(Code code, String problem, @Nullable Throwable cause) {
    this(code, problem, code.remedy, cause);
  }

  OutboundException(Code code, String problem) {
    this(code, problem, null);
  }

  /** In what way it failed. */
  public Code code() {
    return code;
  }

  /** What went wrong, in a clause. */
  public String problem() {
    return problem;
  }

  /** What to do about it, in a sentence. */
  public String remedy() {
    return remedy;
  }
}
