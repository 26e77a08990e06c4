package dev.gatehouse.pins.text;

import dev.gatehouse.packaging.MalformedException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a requirement or lock file cannot be read: where, and what was expected there. The
 * message is one printable line.
 */
public final class PinFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final transient @Nullable Location location;
  private final String expectation;

  /** Something at a place in it is not what was expected: {@code expected …, not …}. */
  public PinFileException(Location location, String expectation) {
    super(MalformedException.printable(location + ": " + expectation));
    this.file = location.file().toString();
    this.location = location;
    this.expectation = MalformedException.printable(expectation);
  }

  /** The file as a whole cannot be read. */
  public PinFileException(Path file, String expectation) {
    super(MalformedException.printable(file + ": " + expectation));
    this.file = file.toString();
    this.location = null;
    this.expectation = MalformedException.printable(expectation);
  }

  /** The file, as it was named. */
  public Path file() {
    return Path.of(file);
  }

  /** Where; empty where the file as a whole cannot be read. */
  public Optional<Location> location() {
    return Optional.ofNullable(location);
  }

  /** What was expected, one clause without a full stop. */
  public String expectation() {
    return expectation;
  }
}
