package dev.gatehouse.cli.vetting;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The argument of the commands about one version. */
final class OneVersion {
  @Parameters(
      paramLabel = "PROJECT==VERSION",
      converter = Pinned.Converter.class,
      description = "exactly which version")
  private @Nullable Pinned pinned;

  Pinned get() {
    return Objects.requireNonNull(pinned);
  }
}
