package dev.gatehouse.provenance.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A simple command of a script: what a shell would start, as far as that can be told without one.
 *
 * @param words the program and its arguments, without quotes, without what only starts another
 *     program ({@code python -m}, {@code uv run}, {@code sudo})
 * @param launcher the word that starts the program for once ({@code pipx}, {@code uvx}), empty
 *     where none does
 * @param assignments variables that are set for it alone
 * @param firstLine its first line in the script, from 0
 * @param lastLine its last line in the script
 * @param alone whether no other command stands in its lines
 */
record ShellCommand(
    List<String> words,
    String launcher,
    Map<String, String> assignments,
    int firstLine,
    int lastLine,
    boolean alone) {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*+)", Pattern.DOTALL);
  private static final Pattern PYTHON =
      Pattern.compile("(.*/)?(python|pypy|py)(\\d+(\\.\\d+)?)?(\\.exe)?");
  private static final Set<String> BEFORE =
      Set.of(
          "sudo", "env", "time", "exec", "command", "if", "then", "else", "elif", "do", "while",
          "until", "!", "{", "nice", "retry", "export");
  private static final Set<String> RUNNERS =
      Set.of("poetry", "pdm", "hatch", "uv", "pipenv", "rye", "pixi", "conda", "tox", "nox");

  ShellCommand {
    words = List.copyOf(words);
    assignments = Map.copyOf(assignments);
  }

  /** The commands of a script, in their order. */
  static List<ShellCommand> of(String script) {
    List<ShellCommand> commands = new ArrayList<>();
    List<ShellWords.Command> all = ShellWords.of(script);
    for (int i = 0; i < all.size(); i++) {
      ShellWords.Command command = all.get(i);
      boolean alone =
          (i == 0 || all.get(i - 1).lastLine() < command.firstLine())
              && (i + 1 == all.size() || all.get(i + 1).firstLine() > command.lastLine());
      ShellCommand made = of(command, alone);
      if (!made.words().isEmpty() || !made.assignments().isEmpty()) {
        commands.add(made);
      }
    }
    return commands;
  }

  private static ShellCommand of(ShellWords.Command command, boolean alone) {
    List<String> words = new ArrayList<>(command.words());
    Map<String, String> assignments = new LinkedHashMap<>();
    String launcher = "";
    for (boolean more = true; more && !words.isEmpty(); ) {
      String first = words.getFirst();
      var assignment = ASSIGNMENT.matcher(first);
      if (assignment.matches()) {
        assignments.put(assignment.group(1), assignment.group(2));
        words.removeFirst();
      } else if (BEFORE.contains(first)) {
        words.removeFirst();
      } else if (PYTHON.matcher(first).matches()) {
        more = dropModule(words);
      } else if (first.equals("uvx") || isRun(words, "pipx") || isToolRun(words)) {
        launcher = first;
        drop(words, first.equals("uvx") ? 1 : first.equals("pipx") ? 2 : 3);
      } else if (RUNNERS.contains(first) && isRun(words, first)) {
        drop(words, 2);
      } else {
        more = false;
      }
    }
    return new ShellCommand(
        words, launcher, assignments, command.firstLine(), command.lastLine(), alone);
  }

  private static boolean isRun(List<String> words, String runner) {
    return words.size() > 2
        && words.getFirst().equals(runner)
        && (words.get(1).equals("run") || words.get(1).equals("exec"));
  }

  private static boolean isToolRun(List<String> words) {
    return words.size() > 3
        && words.getFirst().equals("uv")
        && words.get(1).equals("tool")
        && words.get(2).equals("run");
  }

  /** Also the options of what starts it; those of uv and pipx that take a value. */
  private static void drop(List<String> words, int count) {
    words.subList(0, count).clear();
    while (!words.isEmpty() && words.getFirst().startsWith("-")) {
      String option = words.removeFirst();
      boolean takesValue =
          Set.of(
                  "--from",
                  "--with",
                  "--spec",
                  "--python",
                  "-p",
                  "--group",
                  "--extra",
                  "--index",
                  "--env-file",
                  "-n")
              .contains(option);
      if (takesValue && !words.isEmpty()) {
        words.removeFirst();
      }
    }
  }

  /** {@code python -m twine} is twine; {@code python setup.py} stays. */
  private static boolean dropModule(List<String> words) {
    int at = 1;
    while (at < words.size() && words.get(at).startsWith("-") && !words.get(at).equals("-m")) {
      at++;
    }
    if (at + 1 < words.size() && words.get(at).equals("-m")) {
      words.subList(0, at + 1).clear();
      return true;
    }
    return false;
  }

  /** Whether it only sets variables, for all that follows. */
  boolean onlyAssigns() {
    return words.isEmpty();
  }

  String program() {
    return words.isEmpty() ? "" : words.getFirst();
  }

  /** Whether it begins with these words, options between them aside. */
  boolean is(String program, String verb) {
    return program().equals(program)
        && words.stream()
            .skip(1)
            .filter(word -> !word.startsWith("-"))
            .limit(1)
            .anyMatch(verb::equals);
  }

  /** As it is shown: the program and its verb. */
  String shown() {
    return String.join(" ", words.subList(0, Math.min(2, words.size())));
  }
}
