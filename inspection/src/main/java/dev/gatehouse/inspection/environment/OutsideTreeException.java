package dev.gatehouse.inspection.environment;

import java.io.IOException;

/** A link leads out of the tree, where nobody asked to look. */
public final class OutsideTreeException extends IOException {
  private static final long serialVersionUID = 1L;

  public OutsideTreeException(String path) {
    super("%s leads out of what is inspected".formatted(path));
  }
}
