package dev.gatehouse.inspection.code;

import dev.gatehouse.inspection.python.Expression;
import dev.gatehouse.inspection.python.Vocabulary;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether the functions of a source may reach anything that matters, by its identifiers
 * alone, so that those of most modules need not be gone through.
 *
 * <p>A call that is known is reached by its own name together with its module's, or by a name that
 * is computed; and there are few ways to use a computed name, each with a word of its own. A source
 * that has neither can do nothing. The words are taken from the tables of known calls: whatever is
 * added there counts, unless it is named here as something that only puts values together. A word
 * too many costs time; one too few would cost a finding.
 *
 * <p>What is lost: texts that a function without such a word puts together from pieces and does
 * nothing with are not read, be it the name of a credential store or a known address.
 */
final class Reach {
  /**
   * Only put values together, or only name something: without a call that acts they are nothing.
   */
  private static final Set<String> SHAPING =
      Set.of(
          "os.path.join",
          "os.path.expanduser",
          "os.path.expandvars",
          "os.path.abspath",
          "os.path.realpath",
          "os.path.normpath",
          "os.fspath",
          "os.fsencode",
          "os.fsdecode",
          "pathlib.Path",
          "pathlib.Path.home",
          "pathlib.Path.cwd",
          "functools.partial",
          "functools.wraps",
          // What it compiles must still be executed; most that is called so is re.compile.
          "builtins.compile",
          "builtins.type",
          "builtins.staticmethod",
          "builtins.classmethod",
          "shutil.which",
          "glob.glob",
          "glob.iglob",
          "linecache.getlines");

  /**
   * What needs no module's name: ways to find something by a name that is computed, and methods
   * that do something with whatever they belong to.
   */
  private static final Set<String> WORDS =
      Set.of(
          "getattr",
          "globals",
          "locals",
          "vars",
          "builtins",
          "__builtin__",
          "__builtins__",
          "__dict__",
          "__globals__",
          "__getattribute__",
          "__getattr__",
          "__self__",
          "__loader__",
          "__spec__",
          "__code__",
          "__import__",
          "__subclasses__",
          "import_module",
          "attrgetter",
          "methodcaller",
          "itemgetter",
          "decompress",
          "decodebytes",
          "decode",
          "encode",
          "translate",
          "read_text",
          "read_bytes",
          "write_text",
          "write_bytes",
          "open",
          "chmod",
          "rename",
          "symlink_to",
          "privileged");

  /** What matters without a call. */
  private static final Set<String> VALUES =
      Set.of("sys.modules", "sys.executable", "sys._base_executable", "os.environ", "os.environb");

  /** Keys of what is given to somebody else's library, which then acts. */
  private static final Set<String> KEYS = Set.of("privileged");

  private final Set<String> words = new HashSet<>(WORDS);

  /** The modules' names, by the last name of a call. */
  private final Map<String, Set<String>> calls = new HashMap<>();

  Reach(Collection<String> knownCalls) {
    words.addAll(DecodingCalls.decryptions());
    Set<String> shaping = new HashSet<>(SHAPING);
    shaping.addAll(TextCalls.names());
    knownCalls.stream().filter(call -> !shaping.contains(call)).forEach(this::add);
    NetworkCalls.connections().forEach(this::add);
    VALUES.forEach(this::add);
    // What is the same by another name is reached by that, too.
    Knowledge.same()
        .forEach(
            (name, known) -> {
              if (calls.containsKey(last(known)) && known.indexOf('.') >= 0) {
                add(name);
              }
            });
  }

  private void add(String call) {
    if (call.startsWith("builtins.")) {
      words.add(last(call));
    } else if (call.indexOf('.') > 0) {
      Set<String> modules = calls.computeIfAbsent(last(call), _ -> new HashSet<>());
      String top = top(call);
      modules.add(top);
      Knowledge.same()
          .forEach(
              (name, known) -> {
                if (top(known).equals(top)) {
                  modules.add(top(name));
                  modules.add(last(name));
                }
              });
    }
  }

  private static String top(String dotted) {
    int dot = dotted.indexOf('.');
    return dot < 0 ? dotted : dotted.substring(0, dot);
  }

  private static String last(String dotted) {
    return dotted.substring(dotted.lastIndexOf('.') + 1);
  }

  /** Whether there is a way to something that matters. */
  boolean mayReach(Vocabulary vocabulary) {
    Set<String> names = vocabulary.names();
    for (String name : names) {
      if (words.contains(name)) {
        return true;
      }
      Set<String> modules = calls.get(name);
      if (modules != null && modules.stream().anyMatch(names::contains)) {
        return true;
      }
    }
    for (Expression.Constant literal : vocabulary.literals()) {
      if (literal.value() instanceof String text && KEYS.contains(text.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
