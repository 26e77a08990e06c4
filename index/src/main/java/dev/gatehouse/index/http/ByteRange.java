package dev.gatehouse.index.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, as the header {@code Range} asks for it (RFC 9110, section 14).
 *
 * @param first the position of its first byte
 * @param last the position of its last byte; before the first: nothing of the file is in the range
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The range that is asked for, cut to the file; empty where the header is none that we honour
   * (another unit, several ranges), which means the whole file.
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher range = SINGLE.matcher(header.replace(" ", ""));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      long length = Math.min(Long.parseLong(range.group(2)), size);
      return Optional.of(new ByteRange(size - length, size - 1));
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    return last < first && !range.group(2).isEmpty()
        ? Optional.empty()
        : Optional.of(new ByteRange(first, Math.min(last, size - 1)));
  }

  boolean isSatisfiable() {
    return first <= last;
  }

  long length() {
    return last - first + 1;
  }

  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
