package dev.gatehouse.upstream;

import java.io.IOException;

/** The bytes of a file broke off. */
public final class UpstreamReadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient UpstreamFailure failure;

  UpstreamReadException(UpstreamFailure failure, IOException cause) {
    super(failure.problem(), cause);
    this.failure = failure;
  }

  /** Why. */
  public UpstreamFailure failure() {
    return failure;
  }
}
