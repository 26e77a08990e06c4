package dev.gatehouse.inspection.startup;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dotted names behind the word {@code import}, wherever it stands in a line, and what {@code
 * __import__} is given: enough to find the modules of a site directory that a line may run. Names
 * too many do no harm.
 */
public final class ImportedModules {
  private static final int MOST = 1_000;
  private static final String AS = "(?:\\s++as\\s++\\w{1,200}+)?+";
  private static final Pattern FIRST_WORD = Pattern.compile("\\s*+([.\\w]++).*+", Pattern.DOTALL);
  private static final Pattern NAMES =
      Pattern.compile(
          "(?:\\b(?:import|from)\\s|__import__\\s*+\\(|import_module\\s*+\\()\\s*+[\"']?+"
              + "([.\\w]{1,200}+(?:"
              + AS
              + "\\s*+,\\s*+[.\\w]{1,200}+){0,50}+)");

  private ImportedModules() {}

  /** The names, in their order, each once. */
  public static List<String> of(CharSequence code) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = NAMES.matcher(code);
    while (matcher.find() && names.size() < MOST) {
      for (String name : matcher.group(1).split(",", -1)) {
        names.add(FIRST_WORD.matcher(name).replaceFirst("$1"));
      }
    }
    return List.copyOf(names);
  }
}
