package dev.gatehouse.index.http;

import java.io.IOException;

/**
 * A file was taken back while it was being sent: only a cut tells the client that this is not all.
 */
final class NoLongerServedException extends IOException {
  private static final long serialVersionUID = 1L;

  NoLongerServedException(String fileName) {
    super(fileName + " was taken back while it was being sent");
  }
}
