package dev.gatehouse.pins.requirements;

import dev.gatehouse.pins.text.Location;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import java.util.List;

/**
 * A line after continuations are joined, its comment is gone and environment variables are
 * replaced.
 *
 * @param text without white space at its ends; never empty
 * @param written the same before variables were replaced: what may be shown, since secrets are in
 *     variables
 * @param pieces where its parts come from, in order
 * @param start how much of the joined line was dropped before the text
 */
record LogicalLine(SourceText source, String text, String written, List<Piece> pieces, int start) {
  /** A part of a joined line: it begins there at {@code joined}, in the file at {@code offset}. */
  record Piece(int joined, int offset) {}

  /** Where a character of the text stands; the first where variables have moved them. */
  Location location(int index) {
    return source.location(offset(index));
  }

  /** Where a character of the text stands in the file. */
  int offset(int index) {
    int joined = start + (text.equals(written) ? index : 0);
    Piece found = pieces.getFirst();
    for (Piece piece : pieces) {
      if (piece.joined <= joined) {
        found = piece;
      }
    }
    return Math.min(found.offset + joined - found.joined, source.text().length());
  }

  /** What to throw where something else was expected at a character of the text. */
  PinFileException expected(int index, String expectation) {
    return new PinFileException(location(index), expectation);
  }
}
