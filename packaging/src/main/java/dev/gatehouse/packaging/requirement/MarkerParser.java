package dev.gatehouse.packaging.requirement;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.Ascii;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.requirement.Comparison.Operand;
import java.util.ArrayList;
import java.util.List;

/** Reads markers by recursive descent; {@code and} binds closer than {@code or}. */
final class MarkerParser {
  /** Deeper than anybody writes, and far from the end of the stack. */
  private static final int DEEPEST = 64;

  private final Scanner in;
  private int depth;

  MarkerParser(Scanner in) {
    this.in = in;
  }

  /** A marker and nothing after it. */
  Marker whole() {
    Marker marker = any();
    if (!in.atEnd()) {
      throw in.expected("'and', 'or' or the end of the marker");
    }
    return marker;
  }

  private Marker any() {
    List<Marker> alternatives = new ArrayList<>();
    do {
      alternatives.add(all());
    } while (in.acceptWord("or"));
    return alternatives.size() == 1 ? alternatives.getFirst() : new Marker.Any(alternatives);
  }

  private Marker all() {
    List<Marker> parts = new ArrayList<>();
    do {
      parts.add(atom());
    } while (in.acceptWord("and"));
    return parts.size() == 1 ? parts.getFirst() : new Marker.All(parts);
  }

  private Marker atom() {
    in.blanks();
    Marker atom = in.accept("(") ? enclosed() : comparison();
    in.blanks();
    return atom;
  }

  private Marker enclosed() {
    if (++depth > DEEPEST) {
      throw new MalformedException("expected at most %d nested parentheses".formatted(DEEPEST));
    }
    Marker marker = any();
    depth--;
    if (!in.accept(")")) {
      throw in.expected("')'");
    }
    return marker;
  }

  private Marker comparison() {
    Operand left = operand();
    in.blanks();
    MarkerOperator operator = operator();
    in.blanks();
    return new Comparison(left, operator, operand());
  }

  private Operand operand() {
    if (in.peek() == '"' || in.peek() == '\'') {
      String value = in.quotedText();
      if (value.indexOf('\\') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
        throw new MalformedException(
            "expected a value without backslashes and line ends, not " + quoted(value));
      }
      return new Operand.Given(value);
    }
    String word = in.take(c -> Ascii.isLetterOrDigit(c) || c == '_' || c == '.');
    return MarkerVariable.find(word)
        .map(Operand.Asked::new)
        .orElseThrow(
            () ->
                word.isEmpty()
                    ? in.expected("a marker variable or a quoted text")
                    : new MalformedException(
                        "expected a marker variable (python_version, sys_platform, …), not "
                            + quoted(word)));
  }

  private MarkerOperator operator() {
    if (in.acceptWord("in")) {
      return MarkerOperator.IN;
    }
    if (in.acceptWord("not")) {
      if (!in.blanks() || !in.acceptWord("in")) {
        throw in.expected("'in' after 'not'");
      }
      return MarkerOperator.NOT_IN;
    }
    for (MarkerOperator operator : MarkerOperator.values()) {
      if (!operator.isWord() && in.accept(operator.symbol())) {
        return operator;
      }
    }
    throw in.expected("an operator (<=, <, !=, ==, >=, >, ~=, ===, in, not in)");
  }
}
