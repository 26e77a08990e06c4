package dev.gatehouse.samples.mutation.blind;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A module cut into logical lines: a head that must stay first, and the rest. */
final class PythonModule {
  private static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "as",
          "assert",
          "async",
          "await",
          "case",
          "del",
          "elif",
          "else",
          "except",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "match",
          "nonlocal",
          "not",
          "or",
          "print",
          "raise",
          "return",
          "super",
          "while",
          "with",
          "yield");

  private static final Pattern AS = Pattern.compile("\\bas (\\w+)");
  private static final Pattern DEFINED = Pattern.compile("(?:async )?(?:def|class) +(\\w+)");
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?:for +)?((?:[^\\W\\d]\\w* *, *)*[^\\W\\d]\\w*) *(?:=(?!=)|in\\b|[-+*/|]=)");
  private static final Pattern IMPORTED =
      Pattern.compile("(?s)(?:from\\s+\\S+\\s+)?import\\s+\\(?(.*?)\\)?");

  private final List<Line> head;
  private final List<Line> body;

  private PythonModule(List<Line> head, List<Line> body) {
    this.head = List.copyOf(head);
    this.body = List.copyOf(body);
  }

  /** Empty where the text does not look like Python. */
  static Optional<PythonModule> read(String text) {
    return Token.read(text).map(PythonModule::of);
  }

  private static PythonModule of(List<Token> tokens) {
    List<Line> lines = lines(tokens);
    int head = 0;
    boolean docstring = false;
    for (Line line : lines) {
      if (!(line.isEmpty() || line.isOfTheFuture() || (!docstring && line.isString()))) {
        break;
      }
      docstring |= !line.isEmpty();
      head++;
    }
    return new PythonModule(lines.subList(0, head), lines.subList(head, lines.size()));
  }

  private static List<Line> lines(List<Token> tokens) {
    List<Line> lines = new ArrayList<>();
    List<Token> line = new ArrayList<>();
    String indent = "";
    for (Token token : tokens) {
      if (token.endsLine()) {
        lines.add(new Line(line.isEmpty() ? "" : indent, line));
        line = new ArrayList<>();
        indent = "";
      } else if (line.isEmpty() && token.kind() == Token.Kind.SPACE) {
        indent = token.text().substring(token.text().lastIndexOf('\f') + 1);
      } else {
        line.add(token);
      }
    }
    if (!line.isEmpty()) {
      lines.add(new Line(indent, line));
    }
    return lines;
  }

  /** Comments, the docstring, imports of the future. */
  String head() {
    return written(head, "");
  }

  List<Line> body() {
    return body;
  }

  /** Whether brackets behind it make no call. */
  static boolean isKeyword(String name) {
    return KEYWORDS.contains(name);
  }

  /** The head too. */
  List<Line> all() {
    List<Line> all = new ArrayList<>(head);
    all.addAll(body);
    return all;
  }

  /** Whether a block that holds the body would hold a statement. */
  boolean hasCode() {
    return body.stream().anyMatch(line -> !line.isEmpty());
  }

  /** Whether the body may stand in a function: an import of everything may not. */
  boolean fitsInFunction() {
    return hasCode()
        && body.stream()
            .noneMatch(line -> line.isImport() && line.text().replaceAll("\\s", "").endsWith("*"));
  }

  static String written(List<Line> lines, String before) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.written(before)));
    return text.toString();
  }

  /** The body, further to the right. */
  String indented(int blanks) {
    return written(body, " ".repeat(blanks));
  }

  /** All of it for a place one package further down: what is imported from above is further up. */
  String deeper() {
    StringBuilder text = new StringBuilder();
    for (Line line : all()) {
      String written = line.written("");
      text.append(
          line.first().equals("from")
              ? written.replaceFirst("from(\\s*)\\.", "from$1..")
              : written);
    }
    return text.toString();
  }

  /**
   * The body as that of a function which binds the names of the module, as it did before: what
   * others import must be there.
   */
  String asFunctionBody(int blanks) {
    Set<String> names = bound();
    String global =
        names.isEmpty() ? "" : " ".repeat(blanks) + "global " + String.join(", ", names) + "\n";
    return global + boundByTexts(indented(blanks));
  }

  /** What a text binds that is executed in a function is lost, unless it is told where to. */
  private static String boundByTexts(String body) {
    return Call.replaced(
            body,
            call ->
                Optional.of(call)
                    .filter(one -> one.callee().equals("exec"))
                    .filter(one -> one.each().filter(all -> all.size() == 1).isPresent())
                    .map(one -> "exec(" + one.arguments() + ", globals())"))
        .orElse(body);
  }

  /** Names that the body binds outside of functions and classes. */
  Set<String> bound() {
    Set<String> names = new LinkedHashSet<>();
    int hidden = Integer.MAX_VALUE;
    for (Line line : body) {
      if (line.isEmpty() || line.indent().length() > hidden) {
        continue;
      }
      Matcher defined = DEFINED.matcher(line.text());
      boolean defines = defined.lookingAt();
      hidden = defines ? line.indent().length() : Integer.MAX_VALUE;
      if (defines) {
        names.add(defined.group(1));
      } else {
        bind(line, names);
      }
    }
    return names;
  }

  /** What semicolons part; those in strings part nothing. */
  private static List<String> statements(Line line) {
    List<String> statements = new ArrayList<>();
    List<Token> statement = new ArrayList<>();
    for (Token token : line.tokens()) {
      if (token.is(";")) {
        statements.add(Token.join(statement).strip());
        statement = new ArrayList<>();
      } else {
        statement.add(token);
      }
    }
    statements.add(Token.join(statement).strip());
    return statements;
  }

  private static void bind(Line line, Set<String> names) {
    for (String text : statements(line)) {
      Matcher imported = IMPORTED.matcher(text);
      Matcher assigned = ASSIGNED.matcher(text);
      if (imported.matches()) {
        for (String part : imported.group(1).split(",", -1)) {
          String name = part.strip().replaceFirst("(?s).*\\sas\\s+", "").replaceFirst("\\..*", "");
          if (name.matches("\\w+")) {
            names.add(name);
          }
        }
      } else if (assigned.lookingAt()) {
        names.addAll(List.of(assigned.group(1).split(" *, *")));
      } else if (line.first().equals("with") || line.first().equals("except")) {
        Matcher as = AS.matcher(text);
        while (as.find()) {
          names.add(as.group(1));
        }
      }
    }
  }
}
