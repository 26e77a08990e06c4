package dev.gatehouse.inspection.code;

import java.util.List;
import java.util.Map;

/**
 * A call of something known.
 *
 * @param at where it stands
 */
record Invocation(Evaluator evaluator, List<Value> arguments, Map<String, Value> named, int at) {
  /** An argument by its place; unknown where it is missing. */
  Value argument(int index) {
    return index < arguments.size() ? arguments.get(index) : Value.UNKNOWN;
  }

  /** An argument by its place or its name. */
  Value argument(int index, String name) {
    return index < arguments.size()
        ? arguments.get(index)
        : named.getOrDefault(name, Value.UNKNOWN);
  }

  Value named(String name) {
    return named.getOrDefault(name, Value.UNKNOWN);
  }

  /** The marks of all arguments. */
  Marks marks() {
    Marks marks = Marks.NONE;
    for (Value argument : arguments) {
      marks = marks.and(evaluator.marksOfAll(argument));
    }
    for (Value argument : named.values()) {
      marks = marks.and(evaluator.marksOfAll(argument));
    }
    return marks;
  }

  void note(Fact fact) {
    evaluator.interpreter().note(fact, at);
  }

  /** Judges source that this call would run. */
  void layer(String source) {
    layer(source, List.of());
  }

  /** Judges source that this call would run on these values, again where they are others. */
  void layer(String source, List<Value> given) {
    evaluator.program().layer(source, given, evaluator.interpreter(), at);
  }

  Invocation with(List<Value> other) {
    return new Invocation(evaluator, other, named, at);
  }

  Value invoke(Value function, List<Value> own) {
    return evaluator.invoke(function, own, Map.of(), at);
  }

  /** What all arguments leave behind. */
  Value unknown() {
    return Value.unknown(marks().without(Mark.CHARACTER));
  }
}
