package dev.gatehouse.samples.mutation.blind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A call in a source, as {@code os.path.join(a, b)}.
 *
 * @param module what is before the function, as the code knows it; empty for a built-in function
 * @param meant the module that is meant; empty where it is none that was imported
 * @param function may have dots
 * @param arguments what stands in the brackets
 */
record Call(String module, String meant, String function, String arguments) {
  /** As it was, without the arguments. */
  String callee() {
    return module.isEmpty() ? function : module + "." + function;
  }

  boolean isOf(String ofModule, String ofFunction) {
    return meant.equals(ofModule) && function.equals(ofFunction);
  }

  /** Writes another expression for each call of a function by its plain name; empty to leave it. */
  static Optional<String> replaced(String source, Function<Call, Optional<String>> write) {
    return Token.read(source)
        .flatMap(
            tokens ->
                PythonModule.read(source)
                    .map(module -> write(tokens, Imports.of(module.all()), write)));
  }

  private static String write(
      List<Token> tokens, Map<String, String> modules, Function<Call, Optional<String>> write) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < tokens.size()) {
      int open = isStart(tokens, i) ? open(tokens, i) : -1;
      int close = open < 0 ? -1 : close(tokens, open);
      if (close < 0) {
        out.append(tokens.get(i++).text());
        continue;
      }
      String callee = Token.join(tokens.subList(i, open));
      String inside = write(tokens.subList(open + 1, close), modules, write);
      out.append(of(callee, inside, modules).flatMap(write).orElse(callee + "(" + inside + ")"));
      i = close + 1;
    }
    return out.toString();
  }

  private static Optional<Call> of(String callee, String arguments, Map<String, String> modules) {
    if (callee.indexOf('.') < 0) {
      return Optional.of(new Call("", "", callee, arguments));
    }
    for (int dot = callee.lastIndexOf('.'); dot > 0; dot = callee.lastIndexOf('.', dot - 1)) {
      String module = callee.substring(0, dot);
      if (modules.containsKey(module)) {
        String meant = modules.getOrDefault(module, module);
        return Optional.of(new Call(module, meant, callee.substring(dot + 1), arguments));
      }
    }
    return Optional.empty();
  }

  /** A name that no dot, no {@code def} and no decorator comes before. */
  private static boolean isStart(List<Token> tokens, int at) {
    if (tokens.get(at).kind() != Token.Kind.NAME) {
      return false;
    }
    for (int i = at - 1; i >= 0; i--) {
      Token before = tokens.get(i);
      if (before.kind() == Token.Kind.SPACE) {
        continue;
      }
      return !(before.is(".") || before.is("def") || before.is("class") || before.is("@"));
    }
    return true;
  }

  private static int open(List<Token> tokens, int at) {
    int i = at + 1;
    while (i + 1 < tokens.size()
        && tokens.get(i).is(".")
        && tokens.get(i + 1).kind() == Token.Kind.NAME) {
      i += 2;
    }
    return i < tokens.size() && tokens.get(i).is("(") ? i : -1;
  }

  private static int close(List<Token> tokens, int open) {
    for (int i = open + 1; i < tokens.size(); i++) {
      if (tokens.get(i).depth() == tokens.get(open).depth() && tokens.get(i).is(")")) {
        return i;
      }
    }
    return -1;
  }

  /** The arguments, one by one; empty where one is starred, or the text is no list of them. */
  Optional<List<String>> each() {
    return Arguments.read(arguments);
  }
}
