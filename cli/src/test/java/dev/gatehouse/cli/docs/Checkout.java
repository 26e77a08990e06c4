package dev.gatehouse.cli.docs;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source checkout that the tests run in. */
public final class Checkout {
  private Checkout() {}

  /** Its root: the folder above the module, which Maven runs tests in. */
  public static Path root() {
    Path root = Path.of("").toAbsolutePath().getParent();
    if (root == null || !Files.exists(root.resolve("gatehouse"))) {
      throw new IllegalStateException(
          "not in a module of the checkout: " + Path.of("").toAbsolutePath());
    }
    return root;
  }
}
