package dev.gatehouse.samples;

import java.io.IOException;

/** A fault that the test asked for: the connection ends here. */
final class EndOfConnection extends IOException {
  EndOfConnection() {
    super("the script ends the connection here");
  }
}
