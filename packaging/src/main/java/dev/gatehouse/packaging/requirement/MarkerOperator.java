package dev.gatehouse.packaging.requirement;

/** How a marker compares. Longer symbols stand before those that begin them. */
enum MarkerOperator {
  ARBITRARY("==="),
  COMPATIBLE("~="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  AT_MOST("<="),
  AT_LEAST(">="),
  LESS("<"),
  GREATER(">"),
  IN("in"),
  NOT_IN("not in");

  private final String symbol;

  MarkerOperator(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  boolean isWord() {
    return this == IN || this == NOT_IN;
  }
}
