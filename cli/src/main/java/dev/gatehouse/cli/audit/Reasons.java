package dev.gatehouse.cli.audit;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Why something could not be read, in words; the platform's own where there are no better ones. */
final class Reasons {
  private Reasons() {}

  static String of(Exception e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _, FileNotFoundException _ -> "it is gone";
      case FileSystemException file when file.getReason() != null ->
          Objects.requireNonNull(file.getReason());
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
