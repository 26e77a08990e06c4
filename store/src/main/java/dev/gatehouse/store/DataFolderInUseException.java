package dev.gatehouse.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Another process, or another part of this one, uses the data folder. */
public final class DataFolderInUseException extends IOException {
  private final Path folder;
  private final OptionalLong process;

  DataFolderInUseException(Path folder, OptionalLong process) {
    super(
        "Could not open the data folder %s: %s is using it. Stop that one first, or choose another folder."
            .formatted(
                folder,
                process.isPresent() ? "process " + process.getAsLong() : "another process"));
    this.folder = folder;
    this.process = process;
  }

  /** Which folder it is. */
  public Path folder() {
    return folder;
  }

  /** The id of the process that uses it, where it is known. */
  public OptionalLong process() {
    return process;
  }
}
