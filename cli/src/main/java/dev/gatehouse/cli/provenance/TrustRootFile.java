package dev.gatehouse.cli.provenance;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.provenance.verification.TrustRoot;
import dev.gatehouse.provenance.verification.TrustRootException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trusted root that the user named. */
public final class TrustRootFile {
  private TrustRootFile() {}

  /**
   * Reads it.
   *
   * @throws CommandFailure where it is none
   */
  public static TrustRoot read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return TrustRoot.read(in.readNBytes(TrustRoot.LARGEST + 1), file.toString());
    } catch (TrustRootException e) {
      throw failed(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failed(file, Reasons.of(e));
    }
  }

  private static CommandFailure failed(Path file, String why) {
    return new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not use the trusted root %s: %s."
            .formatted(Printable.of(file.toString(), 300), Printable.of(why, 300)),
        "Name the trusted_root.json of a Sigstore instance, or none: the public instance's is built in.");
  }
}
