package dev.gatehouse.cli.configuration;

import java.nio.file.Path;
import java.util.function.Function;

/** Reads {@code [sigstore]}. */
final class SigstoreReader {
  private SigstoreReader() {}

  /**
   * @param path makes a path of a text
   * @param standard whether the public instance is asked where the file does not say it
   */
  static SigstoreSettings read(TableReader table, Function<String, Path> path, boolean standard) {
    Path root = table.find(Setting.TRUSTED_ROOT, path).orElse(null);
    boolean refresh =
        table
            .find(Setting.TRUSTED_ROOT_REFRESH, Boolean.class, "true or false")
            .orElse(root == null && standard);
    if (root != null && refresh) {
      table.problem(
          Setting.TRUSTED_ROOT_REFRESH,
          "cannot be true where trusted-root is given: that file counts, and nobody is asked");
    }
    return new SigstoreSettings(root, refresh);
  }
}
