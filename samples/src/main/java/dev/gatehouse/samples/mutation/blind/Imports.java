package dev.gatehouse.samples.mutation.blind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a source that import whole modules, and what stands there for each module. */
final class Imports {
  private static final Pattern PLAIN =
      Pattern.compile("import +[\\w.]+(?: +as +\\w+)?(?: *, *[\\w.]+(?: +as +\\w+)?)*");
  private static final Pattern ONE = Pattern.compile("([\\w.]+)(?: +as +(\\w+))?");

  private Imports() {}

  /** Writes a line anew for a module that the code knows by that name. */
  interface Writer {
    /** Without blanks and the end of the line. */
    String write(String module, String name);
  }

  /** What the code says, and the module that is meant: {@code _os}, {@code os}. */
  static Map<String, String> of(List<Line> lines) {
    Map<String, String> modules = new LinkedHashMap<>();
    for (Line line : lines) {
      Matcher matcher = PLAIN.matcher(line.text());
      if (matcher.lookingAt()) {
        parts(matcher.group()).forEach(part -> modules.put(part[1], part[0]));
      }
    }
    return modules;
  }

  /**
   * Every import of a module, written otherwise. A dotted one without a name of its own binds the
   * first part alone, and stays.
   */
  static String rewritten(PythonModule module, Writer writer) {
    StringBuilder out = new StringBuilder(module.head());
    for (Line line : module.body()) {
      boolean whole = PLAIN.matcher(line.text()).matches();
      List<String[]> parts = whole ? parts(line.text()) : List.of();
      if (!whole) {
        out.append(line.written(""));
      }
      for (String[] part : parts) {
        String text =
            part[0].indexOf('.') < 0
                ? writer.write(part[0], part[1])
                : "import " + part[0] + (part[0].equals(part[1]) ? "" : " as " + part[1]);
        out.append(line.indent()).append(text).append('\n');
      }
    }
    return out.toString();
  }

  private static List<String[]> parts(String statement) {
    List<String[]> parts = new ArrayList<>();
    Matcher one = ONE.matcher(statement.substring("import ".length()));
    while (one.find()) {
      String name = Optional.ofNullable(one.group(2)).orElse(one.group(1));
      parts.add(new String[] {one.group(1), name});
    }
    return parts;
  }
}
