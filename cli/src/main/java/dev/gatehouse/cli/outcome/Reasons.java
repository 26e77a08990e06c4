package dev.gatehouse.cli.outcome;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * Why a file could not be read or written, in words; the platform's own where there are no better
 * ones.
 */
public final class Reasons {
  private Reasons() {}

  /** The reason, a clause. */
  public static String of(Exception e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _, FileNotFoundException _ -> "it is gone";
      case FileSystemException file when file.getReason() != null ->
          Objects.requireNonNull(file.getReason());
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
