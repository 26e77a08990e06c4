package dev.gatehouse.inspection.archive;

import java.io.IOException;

/** The bytes of an archive could not be had: the disk or the connection failed, not the archive. */
final class ChannelException extends IOException {
  private static final long serialVersionUID = 1L;

  ChannelException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
