package dev.gatehouse.pins.lock;

import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.PinFile;
import java.nio.file.Path;

/** Reads one tool's lock files. */
@FunctionalInterface
public interface LockReader {
  /**
   * Takes what the document says.
   *
   * @throws dev.gatehouse.pins.text.PinFileException where it does not say it as the tool does
   */
  PinFile read(Path file, Table document);
}
