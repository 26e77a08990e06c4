package dev.gatehouse.upstream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of an answer could not be read to its end. */
public final class UpstreamReadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient UpstreamFailure failure;

  UpstreamReadException(UpstreamFailure failure, @Nullable Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  /** What went wrong. */
  public UpstreamFailure failure() {
    return failure;
  }
}
