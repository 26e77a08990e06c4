package dev.gatehouse.comparison.match;

import dev.gatehouse.inspection.python.Expression;
import dev.gatehouse.inspection.python.SourceText;
import dev.gatehouse.inspection.python.Statement;
import dev.gatehouse.inspection.python.SyntaxTree;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A module of Python that states a version and does nothing else: every statement assigns version
 * values to names, imports types, or is text that nobody reads. So are the files that
 * setuptools-scm, hatch-vcs, pdm, poetry's plug-in, scikit-build and meson write, whatever they are
 * called; and so is versioneer's, which besides has one function that returns its constant.
 */
final class VersionModule {
  /** The largest of versioneer's short files has 500 bytes, of setuptools-scm's 800. */
  private static final int MOST_BYTES = 16 * 1024;

  private static final int MOST_DEPTH = 30;
  private static final Set<String> TYPING = Set.of("typing", "__future__", "typing_extensions");
  private static final Set<String> TYPES =
      Set.of("tuple", "str", "int", "object", "list", "dict", "bool", "len");
  private static final Set<String> CALLED = Set.of("tuple", "str", "int", "list", "bool", "len");
  private static final Set<String> METHODS =
      Set.of("split", "rsplit", "partition", "startswith", "endswith", "strip", "replace", "join");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,60}");
  private static final Pattern SHORT = Pattern.compile("[A-Za-z+._ -]{0,6}");
  private static final Pattern STATED = Pattern.compile("[\"']([0-9][^\"'\\s]{0,60})[\"']");
  private static final Pattern JSON_PAIR =
      Pattern.compile("\"([a-z-]{1,20})\": (?:\"([^\"\\\\]{0,100})\"|(null|true|false))");

  private final VersionValues values;
  private final Set<String> known = new HashSet<>(TYPES);
  private boolean statesVersion;

  private VersionModule(VersionValues values) {
    this.values = values;
  }

  /** Why it is one; empty where it is none. */
  static Optional<String> prove(byte[] content, VersionValues values) {
    if (content.length > MOST_BYTES) {
      return Optional.empty();
    }
    SourceText source = SourceText.of(content);
    if (source.isDisguise()) {
      return Optional.empty();
    }
    SyntaxTree tree = SyntaxTree.of(source.text());
    if (tree.unread() > 0) {
      return Optional.empty();
    }
    VersionModule module = new VersionModule(values);
    if (module.areConstant(tree.statements(), 0) && module.statesVersion) {
      return Optional.of("states the version and does nothing else");
    }
    return new VersionModule(values).isVersioneers(tree.statements())
        ? Optional.of("returns the version from a constant, as versioneer writes it")
        : Optional.empty();
  }

  /** Whether a module states some version, whichever, and does nothing else. */
  static boolean statesSome(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return STATED
        .matcher(text)
        .results()
        .map(match -> Version.parseIfValid(match.group(1)))
        .flatMap(Optional::stream)
        .limit(3)
        .anyMatch(
            version ->
                prove(content, new VersionValues(ProjectName.parse("none"), version)).isPresent());
  }

  private boolean areConstant(List<Statement> statements, int depth) {
    return depth < MOST_DEPTH
        && statements.stream().allMatch(statement -> isConstant(statement, depth));
  }

  private boolean isConstant(Statement statement, int depth) {
    return switch (statement) {
      case Statement.Evaluate(_, Expression.Constant _) -> true;
      case Statement.Evaluate(_, var value) -> isValue(value, depth);
      case Statement.Assign assign -> isAssignment(assign, depth);
      case Statement.Import(_, var names) ->
          names.stream().allMatch(alias -> alias.name().equals("typing") && learn(alias));
      case Statement.ImportFrom(_, var module, var names) ->
          TYPING.contains(module) && names.stream().allMatch(this::learn);
      case Statement.If(_, var branches) ->
          branches.stream()
              .allMatch(
                  branch ->
                      (branch.test() == null || isValue(branch.test(), depth))
                          && areConstant(branch.body(), depth + 1));
      case Statement.Blocks(_, var blocks) ->
          blocks.stream().allMatch(block -> areConstant(block, depth + 1));
      case Statement.Augment _,
          Statement.Define _,
          Statement.DefineClass _,
          Statement.While _,
          Statement.For _,
          Statement.With _,
          Statement.Return _,
          Statement.Global _ ->
          false;
    };
  }

  private boolean learn(Statement.Alias alias) {
    String name = alias.as() == null ? alias.name() : alias.as();
    known.add(name);
    return !name.equals("*") && !TYPES.contains(name);
  }

  private boolean isAssignment(Statement.Assign assign, int depth) {
    boolean names = false;
    for (Expression target : assign.targets()) {
      if (!bind(target, depth)) {
        return false;
      }
      names |= target instanceof Expression.Name(_, var id) && id.equals("__all__");
    }
    return names ? isListOfNames(assign.value()) : isValue(assign.value(), depth);
  }

  private boolean bind(Expression target, int depth) {
    return switch (target) {
      case Expression.Name(_, var id) -> {
        // A module may not turn a name that it uses into something else.
        known.add(id);
        yield !TYPES.contains(id);
      }
      case Expression.Display(_, _, var elements) ->
          depth < MOST_DEPTH && elements.stream().allMatch(element -> bind(element, depth + 1));
      default -> false;
    };
  }

  private static boolean isListOfNames(Expression value) {
    return value instanceof Expression.Display(_, _, var elements)
        && elements.stream()
            .allMatch(
                element ->
                    element instanceof Expression.Constant(_, String name)
                        && NAME.matcher(name).matches());
  }

  private boolean isValue(@Nullable Expression value, int depth) {
    if (value == null) {
      return true;
    }
    if (depth > MOST_DEPTH) {
      return false;
    }
    int next = depth + 1;
    return switch (value) {
      case Expression.Constant(_, var constant) -> isConstant(constant);
      case Expression.Name(_, var id) -> known.contains(id);
      case Expression.Attribute(_, var target, var name) ->
          NAME.matcher(name).matches()
              && target instanceof Expression.Name(_, var id)
              && id.equals("typing")
              && known.contains(id);
      case Expression.Subscript(_, var target, var index) ->
          isValue(target, next) && isIndex(index, next);
      case Expression.Binary(_, _, var left, var right) ->
          isValue(left, next) && isValue(right, next);
      case Expression.Unary(_, _, var operand) -> isValue(operand, next);
      case Expression.Conditional(_, var test, var body, var orElse) ->
          isValue(test, next) && isValue(body, next) && isValue(orElse, next);
      case Expression.Display(_, _, var elements) ->
          elements.stream().allMatch(element -> isValue(element, next));
      case Expression.Dictionary(_, var keys, var entries) ->
          keys.stream().allMatch(VersionModule::isKey)
              && entries.stream().allMatch(entry -> isValue(entry, next));
      case Expression.Call(_, var function, var arguments) ->
          isHarmless(function, next)
              && arguments.stream().allMatch(argument -> isValue(argument.value(), next));
      case Expression.Comprehension(_, var element, var second, var clauses) ->
          clauses.stream()
                  .allMatch(
                      clause ->
                          bind(clause.target(), next)
                              && isValue(clause.iterable(), next)
                              && clause.conditions().stream().allMatch(c -> isValue(c, next)))
              && isValue(element, next)
              && isValue(second, next);
      default -> false;
    };
  }

  private boolean isConstant(@Nullable Object constant) {
    if (constant instanceof String text && SHORT.matcher(text).matches()) {
      return true;
    }
    if (values.isValue(constant)) {
      statesVersion |= constant instanceof String;
      return true;
    }
    return false;
  }

  private boolean isIndex(Expression index, int depth) {
    return switch (index) {
      case Expression.Constant(_, BigInteger _) -> true;
      case Expression.Slice(_, var lower, var upper, var step) ->
          isBound(lower) && isBound(upper) && isBound(step);
      default -> isValue(index, depth);
    };
  }

  private static boolean isBound(@Nullable Expression bound) {
    return bound == null
        || bound instanceof Expression.Constant
        || (bound instanceof Expression.Unary(_, _, Expression.Constant _));
  }

  private static boolean isKey(@Nullable Expression key) {
    return key instanceof Expression.Constant(_, String text) && NAME.matcher(text).matches();
  }

  /** Methods of texts, and the types that are made of them. */
  private boolean isHarmless(Expression function, int depth) {
    return switch (function) {
      case Expression.Name(_, var id) -> CALLED.contains(id);
      case Expression.Attribute(_, var target, var name) ->
          METHODS.contains(name) && isValue(target, depth);
      default -> false;
    };
  }

  /** {@code import json}, a constant of JSON, and a function that parses and returns it. */
  private boolean isVersioneers(List<Statement> statements) {
    List<Statement> code =
        statements.stream()
            .filter(
                statement -> !(statement instanceof Statement.Evaluate(_, Expression.Constant _)))
            .toList();
    return code.size() == 3
        && code.get(0) instanceof Statement.Import(_, var names)
        && names.size() == 1
        && names.getFirst().name().equals("json")
        && names.getFirst().as() == null
        && code.get(1)
            instanceof Statement.Assign(_, var targets, Expression.Constant(_, String json))
        && targets.size() == 1
        && targets.getFirst() instanceof Expression.Name(_, var constant)
        && isVersionJson(json)
        && code.get(2) instanceof Statement.Define define
        && define.name().equals("get_versions")
        && define.parameters().isEmpty()
        && define.decorators().isEmpty()
        && define.body().size() == 1
        && define.body().getFirst()
            instanceof
            Statement.Return(_, Expression.Call(_, Expression.Attribute load, var arguments))
        && load.name().equals("loads")
        && load.target() instanceof Expression.Name(_, var json2)
        && json2.equals("json")
        && arguments.size() == 1
        && arguments.getFirst().value() instanceof Expression.Name(_, var given)
        && given.equals(constant);
  }

  private boolean isVersionJson(String json) {
    String rest = json.strip();
    if (!rest.startsWith("{") || !rest.endsWith("}")) {
      return false;
    }
    for (String line : rest.substring(1, rest.length() - 1).split(",?\n", -1)) {
      Matcher pair = JSON_PAIR.matcher(line.strip());
      if (line.isBlank()) {
        continue;
      }
      if (!pair.matches() || (pair.group(2) != null && !values.isValue(pair.group(2)))) {
        return false;
      }
    }
    return true;
  }
}
