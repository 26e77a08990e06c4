package dev.gatehouse.upstream;

import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A folder cannot be read, or something in it may not be. */
final class FolderException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String problem;

  /** Says what is wrong in a clause, without a path of this machine. */
  FolderException(Code code, String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.code = code;
    this.problem = problem;
  }

  FolderException(Code code, String problem) {
    this(code, problem, null);
  }

  /** What is wrong, in a clause. */
  String problem() {
    return problem;
  }

  UpstreamFailure toFailure(Attempt attempt) {
    String remedy =
        code == Code.ADDRESS
            ? "Let files, and what links point to, lie in the upstream's folder itself."
            : "Check the upstream's folder in the configuration, and that Gatehouse may read it.";
    return attempt.failed(code, problem, remedy);
  }
}
