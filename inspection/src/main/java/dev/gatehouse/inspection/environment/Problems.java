package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says why something could not be read. */
final class Problems {
  private Problems() {}

  /** Of a file or folder of the tree. */
  static Problem unread(String path, IOException e) {
    return new Problem(path.isEmpty() ? "/" : path, "Could not be read: " + reason(e));
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied; run it as a user who may";
    }
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "it is no longer there";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
