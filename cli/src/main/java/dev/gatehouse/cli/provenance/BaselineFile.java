package dev.gatehouse.cli.provenance;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.provenance.continuity.Baseline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file in which a team wrote down who publishes what. */
final class BaselineFile {
  private BaselineFile() {}

  /** What is in the file; null: none was named. */
  static Baseline read(@Nullable Path file) {
    if (file == null) {
      return Baseline.of(List.of());
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Baseline.LARGEST + 1);
      if (bytes.length > Baseline.LARGEST) {
        throw failed(file, "it is larger than 4 MiB, which no baseline is");
      }
      return Baseline.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (MalformedException e) {
      throw failed(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failed(file, Reasons.of(e));
    }
  }

  /** The same, where the file may be missing: it is about to be written. */
  static Baseline readIfThere(Path file) {
    return read(Files.exists(file) ? file : null);
  }

  private static CommandFailure failed(Path file, String why) {
    return new CommandFailure(
        ExitCode.WRONG_USE,
        "Could not use the baseline %s: %s."
            .formatted(Printable.of(file.toString(), 300), Printable.of(why, 300)),
        "Mend it, or write it anew with: gatehouse verify --history PROJECT --write-baseline FILE");
  }
}
