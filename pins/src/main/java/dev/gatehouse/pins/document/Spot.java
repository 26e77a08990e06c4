package dev.gatehouse.pins.document;

import dev.gatehouse.pins.text.Location;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;

/** Where a value begins. */
public record Spot(SourceText source, int offset) {
  /** As line and column. */
  public Location location() {
    return source.location(offset);
  }

  /** What to throw where something else was expected here. */
  public PinFileException expected(String expectation) {
    return source.expected(offset, expectation);
  }
}
