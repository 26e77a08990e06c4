package dev.gatehouse.packaging.metadata;

import dev.gatehouse.packaging.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a metadata file into its headers and the body, as Python's {@code email.feedparser} does:
 * a line that is neither a header nor a continuation ends the headers and belongs to the body,
 * unless it is empty.
 */
final class HeaderBlock {
  /** The most in our corpus are 202. */
  private static final int MOST_HEADERS = 20_000;

  private final String text;
  private final List<Header> headers = new ArrayList<>();
  private int at;

  private HeaderBlock(String text) {
    this.text = text;
  }

  static HeaderBlock parse(String text) {
    HeaderBlock block = new HeaderBlock(text);
    block.readHeaders();
    return block;
  }

  List<Header> headers() {
    return List.copyOf(headers);
  }

  /** All that follows the headers; empty where nothing does. */
  String body() {
    return text.substring(at);
  }

  private void readHeaders() {
    while (at < text.length()) {
      int end = endOfLine(at);
      int next = afterBreak(end);
      if (end == at) {
        at = next;
        return;
      }
      if (isFold(at) || isEnvelope() || text.charAt(at) == ':') {
        // Nothing before it that it could continue, or no header at all: Python passes over such
        // lines.
        at = next;
      } else {
        int colon = colon(end);
        if (colon < 0) {
          return;
        }
        readHeader(colon, end);
      }
    }
  }

  private void readHeader(int colon, int endOfFirstLine) {
    int end = endOfFirstLine;
    int next = afterBreak(end);
    while (next < text.length() && isFold(next)) {
      end = endOfLine(next);
      next = afterBreak(end);
    }
    headers.add(new Header(text.substring(at, colon), text.substring(colon + 1, end).strip()));
    if (headers.size() > MOST_HEADERS) {
      throw new MalformedException("metadata has at most %d headers".formatted(MOST_HEADERS));
    }
    at = next;
  }

  /**
   * Where the header's name ends, if all before it are characters that a name may have; otherwise
   * negative.
   */
  private int colon(int end) {
    for (int i = at; i < end; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return i;
      }
      if (c <= ' ' || c > '~') {
        return -1;
      }
    }
    return -1;
  }

  private boolean isFold(int lineStart) {
    return text.charAt(lineStart) == ' ' || text.charAt(lineStart) == '\t';
  }

  private boolean isEnvelope() {
    return text.startsWith("From ", at);
  }

  private int endOfLine(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int afterBreak(int end) {
    if (end >= text.length()) {
      return end;
    }
    return text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}
