package dev.gatehouse.index.mirror;

import java.io.IOException;

/** A file that was already on its way to clients will never be whole. */
public final class ArrivalFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient MirrorFailure failure;

  ArrivalFailedException(MirrorFailure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  /** Why. */
  public MirrorFailure failure() {
    return failure;
  }
}
