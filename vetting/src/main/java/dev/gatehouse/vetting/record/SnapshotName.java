package dev.gatehouse.vetting.record;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a snapshot is called: 1 to 64 lower-case letters, digits, dots, dashes and underscores, of
 * which the first is a letter or digit. It is a part of addresses, and needs no escaping there.
 */
public record SnapshotName(String text) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** Checks. */
  public SnapshotName {
    if (!NAME.matcher(text).matches()) {
      throw new MalformedException(
          "a snapshot's name is 1 to 64 lower-case letters, digits, dots, dashes and underscores,"
              + " not "
              + quoted(text));
    }
  }

  /** The name; empty where a snapshot cannot be called so. */
  public static Optional<SnapshotName> parseIfValid(String text) {
    return NAME.matcher(text).matches() ? Optional.of(new SnapshotName(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
