package dev.gatehouse.cli.migrate;

import dev.gatehouse.cli.migrate.Replacements.Call;
import dev.gatehouse.inspection.python.Expression;
import dev.gatehouse.inspection.python.Expression.Argument;
import dev.gatehouse.inspection.python.SourceText;
import dev.gatehouse.inspection.python.Statement;
import dev.gatehouse.inspection.python.SyntaxTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One Python file: its uses of LiteLLM and, where every one of them is plain, the file as it should
 * be. A file of which one part cannot be migrated is not changed at all: what is raised here is
 * caught there.
 */
final class SourceMigration {
  private static final String LIBRARY = "litellm";

  /** A whole statement, alone on its lines, without anything in between. */
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?:import[ \\t]+litellm(?:[ \\t]+as[ \\t]+\\w+)?"
              + "|from[ \\t]+litellm(?:\\.exceptions)?[ \\t]+import[ \\t]+(?:[\\w, \\t]+|\\([\\w,\\s]*\\)))"
              + "[ \\t]*(?:#[^\\r\\n]*)?(?:\\r\\n|\\r|\\n|\\z)");

  private final String file;
  private final String text;
  private final SyntaxTree tree;
  private final String gateway;
  private final Map<String, String> bound = new HashMap<>();
  private final Set<Expression> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Expression.Call> calls = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Use> uses = new ArrayList<>();
  private final List<Edit> edits = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final Set<String> clients = new TreeSet<>(Comparator.reverseOrder());
  private final boolean isText;
  private boolean names;
  private @Nullable String changed;

  /** Characters that give way to others. */
  private record Edit(int from, int to, String text) {}

  /** A statement at the top of the module. */
  private record Import(int at, String module, List<Statement.Alias> aliases) {}

  /**
   * Reads a file; nothing of it is run.
   *
   * @param gateway the base URL that a patch writes
   */
  SourceMigration(String file, byte[] source, String gateway) {
    SourceText read = SourceText.of(source);
    this.file = file;
    this.text = read.text();
    this.tree = SyntaxTree.of(text);
    this.gateway = gateway;
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    int mark = source.length - again.length;
    this.isText =
        (mark == 0 || mark == 3)
            && !read.isDisguise()
            && Arrays.equals(again, Arrays.copyOfRange(source, mark, source.length));
    if (tree.vocabulary().names().contains(LIBRARY)
        || tree.vocabulary().literals().stream().anyMatch(SourceMigration::mentions)) {
      read();
    }
  }

  /** What was found, in the order of its lines. */
  List<Use> uses() {
    return uses;
  }

  /** How many statements could not be read. */
  int unread() {
    return tree.unread();
  }

  /** The file as it was read. */
  String before() {
    return text;
  }

  /** The file as it should be; none where it stays. */
  Optional<String> changed() {
    return Optional.ofNullable(changed);
  }

  private static boolean mentions(Expression.Constant constant) {
    return constant.value() instanceof String string
        && (string.equals(LIBRARY) || string.startsWith(LIBRARY + "."));
  }

  private void read() {
    TreeWalk.of(tree.statements(), this::imported, _ -> {});
    Set<Statement> top = Collections.newSetFromMap(new IdentityHashMap<>());
    top.addAll(tree.statements());
    TreeWalk.of(tree.statements(), statement -> importUse(statement, top), this::use);
    Answers answers = new Answers(tree, calls::contains);
    Expression wrong = answers.wrongAt();
    if (wrong != null) {
      use(
          wrong.at(),
          "an answer of LiteLLM as a dictionary",
          "answer.choices[0].message.content, answer.data[0].embedding, answer.model_dump()",
          "the openai library's answers have attributes, no keys");
    }
    reboundNames()
        .forEach(
            name ->
                use(
                    0,
                    name,
                    "Give one of the two another name.",
                    name + " is bound a second time"));
    uses.sort(Comparator.comparingInt(Use::line).thenComparing(Use::what));
    if (!uses.isEmpty() && uses.stream().allMatch(use -> use.obstacle().isEmpty()) && isPlain()) {
      changed = edited();
      uses.replaceAll(Use::patched);
    }
  }

  private boolean isPlain() {
    return isText
        && tree.unread() == 0
        && !tree.vocabulary().names().contains(Replacements.CLIENT)
        && !tree.vocabulary().names().contains(Replacements.ASYNC_CLIENT);
  }

  private void use(int at, String what, String replacement, String obstacle) {
    uses.add(new Use(file, tree.lineOf(at), what, replacement, obstacle, false));
  }

  private static boolean isLibrary(String module) {
    return module.equals(LIBRARY) || module.startsWith(LIBRARY + ".");
  }

  private void imported(Statement statement) {
    switch (statement) {
      case Statement.Import given -> {
        for (Statement.Alias alias : given.names()) {
          if (isLibrary(alias.name())) {
            String as = alias.as();
            bound.put(as == null ? LIBRARY : as, as == null ? LIBRARY : alias.name());
          }
        }
      }
      case Statement.ImportFrom given -> {
        if (isLibrary(given.module())) {
          for (Statement.Alias alias : given.names()) {
            String as = alias.as();
            bound.put(as == null ? alias.name() : as, given.module() + "." + alias.name());
          }
        }
      }
      default -> {
        // It imports nothing.
      }
    }
  }

  private void importUse(Statement statement, Set<Statement> top) {
    switch (statement) {
      case Statement.Import given -> {
        if (given.names().stream().anyMatch(alias -> isLibrary(alias.name()))) {
          String names =
              given.names().stream().map(Statement.Alias::name).collect(Collectors.joining(", "));
          importUse(given.at(), "import " + names, LIBRARY, List.of(), top.contains(given));
        }
      }
      case Statement.ImportFrom given -> {
        if (isLibrary(given.module())) {
          String names =
              given.names().stream().map(Statement.Alias::name).collect(Collectors.joining(", "));
          importUse(
              given.at(),
              "from %s import %s".formatted(given.module(), names),
              given.module(),
              given.names(),
              top.contains(given));
        }
      }
      default -> {
        // It imports nothing.
      }
    }
  }

  private void importUse(
      int at, String what, String module, List<Statement.Alias> names, boolean isTop) {
    Matcher matcher = IMPORT.matcher(text).region(at, text.length());
    boolean isAlone = (at == 0 || "\r\n".indexOf(text.charAt(at - 1)) >= 0) && matcher.lookingAt();
    Optional<Statement.Alias> other =
        names.stream()
            .filter(
                alias ->
                    Replacements.call(alias.name()).isEmpty()
                        && Replacements.exception(alias.name()).isEmpty())
            .findFirst();
    String obstacle =
        !isTop
            ? "the import is not at the top of the module"
            : !isAlone
                ? "the import is not alone on its lines, or is of a part of LiteLLM"
                : other
                    .map(alias -> alias.name() + " has no counterpart that can be put in its place")
                    .orElse("");
    use(
        at,
        what,
        other
            .map(alias -> Replacements.of(alias.name()))
            .orElse(exceptions(names).stream().findFirst().orElse("from openai import OpenAI")),
        obstacle);
    if (obstacle.isEmpty()) {
      imports.add(new Import(at, module, names));
    }
  }

  /** What a name, or a chain of attributes, stands for; null where it is not LiteLLM's. */
  private @Nullable String qualified(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> bound.get(name.id());
      case Expression.Attribute attribute -> {
        String target = qualified(attribute.target());
        yield target == null ? null : target + "." + attribute.name();
      }
      default -> null;
    };
  }

  private void use(Expression expression) {
    switch (expression) {
      case Expression.Call call -> {
        String name = qualified(call.function());
        if (name == null) {
          byName(call);
        } else {
          consume(call.function());
          calls.add(call);
          callUse(call, name);
        }
      }
      case Expression.Attribute _, Expression.Name _ -> {
        String name = seen.contains(expression) ? null : qualified(expression);
        if (name != null) {
          consume(expression);
          reference(expression, name);
        }
      }
      default -> {
        // Its parts come by themselves.
      }
    }
  }

  private void consume(Expression expression) {
    Expression at = expression;
    seen.add(at);
    while (at instanceof Expression.Attribute attribute) {
      at = attribute.target();
      seen.add(at);
    }
  }

  private static String lastOf(String qualified) {
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  private void callUse(Expression.Call call, String qualified) {
    String name = lastOf(qualified);
    Optional<Call> replacement = Replacements.call(name);
    Written written = written(call.function());
    String obstacle =
        replacement.isEmpty() || !qualified.equals(LIBRARY + "." + name)
            ? "it has no call that can be put in its place"
            : written == null
                ? "it is not written in one piece"
                : obstacle(replacement.get(), call);
    use(rootOf(call.function()), qualified, Replacements.of(name), obstacle);
    if (obstacle.isEmpty()) {
      Written at = Objects.requireNonNull(written);
      edits.add(new Edit(at.from(), at.to(), replacement.orElseThrow().text()));
      clients.add(replacement.orElseThrow().isAsync() ? "AsyncOpenAI" : "OpenAI");
    }
  }

  private static String obstacle(Call replacement, Expression.Call call) {
    for (Argument argument : call.arguments()) {
      String name = argument.name();
      if (argument.stars() > 0) {
        return "it is given arguments that are not named here";
      }
      if (name == null) {
        return "it is given arguments by place; the openai library takes them by name";
      }
      if (!Replacements.knows(replacement, name)) {
        return "the openai library does not know the argument " + name;
      }
      boolean isFormat = name.equals("response_format");
      boolean isClass = isFormat && !(argument.value() instanceof Expression.Dictionary);
      if (isClass) {
        return "response_format may be a class: that is gatehouse.chat.completions.parse(...)";
      }
    }
    return "";
  }

  private void reference(Expression expression, String qualified) {
    String name = lastOf(qualified);
    Optional<String> exception = Replacements.exception(name);
    boolean isException =
        exception.isPresent()
            && (qualified.equals(LIBRARY + "." + name)
                || qualified.equals(LIBRARY + ".exceptions." + name));
    Written written = written(expression);
    int root = rootOf(expression);
    if (!isException || written == null) {
      boolean isWhole = qualified.equals(LIBRARY);
      use(
          root,
          qualified,
          isWhole ? "Give what is needed of it instead." : Replacements.of(name),
          isWhole ? "the whole of LiteLLM is handed on" : "it is no call that can be replaced");
      return;
    }
    use(root, qualified, Replacements.of(name), "");
    if (expression instanceof Expression.Attribute) {
      names = true;
      edits.add(new Edit(written.from(), written.to(), "openai." + exception.orElseThrow()));
    }
  }

  /** Imports by a text, and what tests put in the place of LiteLLM. */
  private void byName(Expression.Call call) {
    String function =
        switch (call.function()) {
          case Expression.Name name -> name.id();
          case Expression.Attribute attribute -> attribute.name();
          default -> "";
        };
    boolean byName =
        Set.of("import_module", "__import__", "patch", "setattr", "importorskip")
            .contains(function);
    if (byName
        && !call.arguments().isEmpty()
        && call.arguments().getFirst().value() instanceof Expression.Constant constant
        && mentions(constant)) {
      String name = String.valueOf(constant.value());
      use(
          constant.at(),
          "%s(\"%s\")".formatted(function, name),
          name.equals(LIBRARY) ? "import openai" : Replacements.of(lastOf(name)),
          "LiteLLM is named in a text");
    }
  }

  /** From where to where a name stands in the text. */
  private record Written(int from, int to) {}

  private @Nullable Written written(Expression expression) {
    String name = dotted(expression);
    int from = rootOf(expression);
    return !name.isEmpty() && text.startsWith(name, from)
        ? new Written(from, from + name.length())
        : null;
  }

  private static int rootOf(Expression expression) {
    Expression at = expression;
    while (at instanceof Expression.Attribute attribute) {
      at = attribute.target();
    }
    return at.at();
  }

  private static String dotted(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> name.id();
      case Expression.Attribute attribute -> {
        String target = dotted(attribute.target());
        yield target.isEmpty() ? "" : target + "." + attribute.name();
      }
      default -> "";
    };
  }

  /** Names of LiteLLM that are something else as well, anywhere in the file. */
  private Set<String> reboundNames() {
    Set<String> rebound = new LinkedHashSet<>();
    Set<String> targets = new HashSet<>();
    TreeWalk.of(
        tree.statements(),
        statement -> {
          switch (statement) {
            case Statement.Assign assign -> assign.targets().forEach(one -> target(one, targets));
            case Statement.Augment augment -> target(augment.target(), targets);
            case Statement.For loop -> target(loop.target(), targets);
            case Statement.Define define -> {
              targets.add(define.name());
              define.parameters().forEach(parameter -> targets.add(parameter.name()));
            }
            case Statement.DefineClass define -> targets.add(define.name());
            default -> {
              // It binds nothing that matters here.
            }
          }
        },
        expression -> {
          if (expression instanceof Expression.Walrus walrus) {
            targets.add(walrus.name());
          }
        });
    bound.keySet().stream().filter(targets::contains).sorted().forEach(rebound::add);
    return rebound;
  }

  private static void target(Expression expression, Set<String> into) {
    switch (expression) {
      case Expression.Name name -> into.add(name.id());
      case Expression.Display display -> display.elements().forEach(one -> target(one, into));
      case Expression.Starred starred -> target(starred.value(), into);
      default -> {
        // It binds no name.
      }
    }
  }

  private String edited() {
    imports.sort(Comparator.comparingInt(Import::at));
    for (Import given : imports) {
      Matcher matcher = IMPORT.matcher(text).region(given.at(), text.length());
      if (!matcher.lookingAt()) {
        throw new IllegalStateException("it was found to be an import");
      }
      String statement = matcher.group();
      String end = statement.endsWith("\r\n") ? "\r\n" : statement.endsWith("\r") ? "\r" : "\n";
      List<String> lines = new ArrayList<>(exceptions(given.aliases()));
      if (given.equals(imports.getFirst())) {
        lines.addAll(0, clientLines());
      }
      if (given.equals(imports.getLast()) && !clients.isEmpty()) {
        lines.addAll(clientMaking());
      }
      String now = lines.stream().map(line -> line + end).collect(Collectors.joining());
      edits.add(new Edit(given.at(), matcher.end(), now));
    }
    edits.sort(Comparator.comparingInt(Edit::from).reversed());
    StringBuilder result = new StringBuilder(text);
    edits.forEach(edit -> result.replace(edit.from(), edit.to(), edit.text()));
    return result.toString();
  }

  private static List<String> exceptions(List<Statement.Alias> aliases) {
    List<String> names = new ArrayList<>();
    for (Statement.Alias alias : aliases) {
      Optional<String> exception = Replacements.exception(alias.name());
      if (exception.isPresent()) {
        String local = alias.as() == null ? alias.name() : alias.as();
        names.add(exception.get().equals(local) ? local : exception.get() + " as " + local);
      }
    }
    return names.isEmpty() ? List.of() : List.of("from openai import " + String.join(", ", names));
  }

  private List<String> clientLines() {
    List<String> lines = new ArrayList<>();
    if (!clients.isEmpty()) {
      lines.add("import os");
    }
    if (names) {
      lines.add("import openai");
    }
    if (!clients.isEmpty()) {
      lines.add(
          "from openai import " + clients.stream().sorted().collect(Collectors.joining(", ")));
    }
    return lines;
  }

  private List<String> clientMaking() {
    List<String> lines = new ArrayList<>(List.of(""));
    for (String client : clients) {
      boolean isAsync = client.startsWith("Async");
      lines.add(
          "%s = %s(base_url=\"%s\", api_key=os.environ[\"GATEHOUSE_API_KEY\"])"
              .formatted(
                  isAsync ? Replacements.ASYNC_CLIENT : Replacements.CLIENT, client, gateway));
    }
    lines.add("");
    return lines;
  }
}
