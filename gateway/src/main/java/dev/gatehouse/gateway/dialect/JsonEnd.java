package dev.gatehouse.gateway.dialect;

/** Tells when the pieces of one JSON object have all come, without reading what they say. */
final class JsonEnd {
  private int depth;
  private boolean inText;
  private boolean escaped;
  private boolean ended;

  void take(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      take(piece.charAt(i));
    }
  }

  boolean ended() {
    return ended;
  }

  private void take(char c) {
    if (escaped) {
      escaped = false;
    } else if (inText) {
      escaped = c == '\\';
      inText = c != '"';
    } else if (c == '"') {
      inText = true;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      depth--;
      ended |= depth <= 0;
    }
  }
}
