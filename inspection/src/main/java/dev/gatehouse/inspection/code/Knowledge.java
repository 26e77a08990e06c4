package dev.gatehouse.inspection.code;

import dev.gatehouse.advisories.Indicator;
import dev.gatehouse.inspection.python.Vocabulary;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of Python's libraries and of incidents; made once, used for any number of files.
 */
final class Knowledge {
  private static final Set<String> MODULES =
      Set.of(
          "os",
          "sys",
          "subprocess",
          "base64",
          "builtins",
          "importlib",
          "socket",
          "ctypes",
          "codecs",
          "zlib",
          "marshal",
          "urllib",
          "shutil",
          "platform",
          "requests",
          "json",
          "threading",
          "tempfile",
          "io",
          "time");

  /** Names that are the same thing; what Python 2 called it, too. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("posix", "os"),
          Map.entry("nt", "os"),
          Map.entry("__builtin__", "builtins"),
          Map.entry("__builtins__", "builtins"),
          Map.entry("six.moves.builtins", "builtins"),
          Map.entry("urllib2", "urllib.request"),
          Map.entry("urllib.urlopen", "urllib.request.urlopen"),
          Map.entry("urllib.urlretrieve", "urllib.request.urlretrieve"),
          Map.entry("urllib.urlencode", "urllib.parse.urlencode"),
          Map.entry("urllib.quote", "urllib.parse.quote"),
          Map.entry("httplib", "http.client"),
          Map.entry("posixpath", "os.path"),
          Map.entry("ntpath", "os.path"),
          Map.entry("_io", "io"),
          Map.entry("_socket", "socket"),
          Map.entry("_codecs", "codecs"),
          Map.entry("_imp", "imp"),
          Map.entry("_thread", "threading"),
          Map.entry("thread", "threading"),
          Map.entry("importlib._bootstrap", "importlib"),
          Map.entry("cPickle", "pickle"),
          Map.entry("_pickle", "pickle"),
          Map.entry("_posixsubprocess", "subprocess"),
          Map.entry("pathlib.PosixPath", "pathlib.Path"),
          Map.entry("pathlib.PurePath", "pathlib.Path"),
          Map.entry("pathlib.WindowsPath", "pathlib.Path"),
          Map.entry("os.getenvb", "os.getenv"),
          Map.entry("os.environb", "os.environ"),
          Map.entry("os.popen2", "os.popen"),
          Map.entry("os.popen3", "os.popen"),
          Map.entry("os.popen4", "os.popen"),
          Map.entry("commands", "subprocess"));

  /** Functions and modules that nobody has a reason to reach by a name put together. */
  private static final Set<String> DANGEROUS =
      Set.of(
          "builtins.exec",
          "builtins.eval",
          "builtins.compile",
          "builtins.__import__",
          "os.system",
          "os.popen",
          "os.execv",
          "os.execve",
          "os.execvp",
          "os.execl",
          "os.execlp",
          "os.spawnv",
          "os.spawnl",
          "os.spawnlp",
          "os.spawnvp",
          "os.spawnve",
          "os.posix_spawn",
          "os.posix_spawnp",
          "os.fork",
          "os.startfile",
          "subprocess.Popen",
          "subprocess.run",
          "subprocess.call",
          "subprocess.check_call",
          "subprocess.check_output",
          "subprocess.getoutput",
          "subprocess.getstatusoutput",
          "pty.spawn",
          "base64.b64decode",
          "base64.b85decode",
          "base64.a85decode",
          "base64.b32decode",
          "base64.b16decode",
          "base64.urlsafe_b64decode",
          "base64.standard_b64decode",
          "base64.decodebytes",
          "codecs.decode",
          "zlib.decompress",
          "marshal.loads",
          "urllib.request.urlopen",
          "urllib.request.urlretrieve",
          "requests.get",
          "requests.post",
          "socket.socket",
          "sys.executable");

  private static final Set<String> DANGEROUS_MODULES =
      Set.of(
          "os",
          "subprocess",
          "builtins",
          "base64",
          "codecs",
          "zlib",
          "marshal",
          "socket",
          "urllib",
          "urllib.request",
          "requests",
          "http.client",
          "ctypes",
          "pty",
          "sys",
          "importlib",
          "runpy",
          "binascii");

  private static final Set<String> BUILTINS =
      Set.of(
          "exec",
          "eval",
          "compile",
          "__import__",
          "getattr",
          "setattr",
          "globals",
          "locals",
          "vars",
          "chr",
          "ord",
          "bytes",
          "bytearray",
          "str",
          "int",
          "list",
          "tuple",
          "set",
          "frozenset",
          "dict",
          "map",
          "filter",
          "reversed",
          "sorted",
          "zip",
          "range",
          "xrange",
          "enumerate",
          "sum",
          "len",
          "open",
          "type",
          "print",
          "hex",
          "format",
          "iter",
          "next",
          "execfile",
          "unichr",
          "input",
          "hash",
          "min",
          "max",
          "any",
          "all",
          "callable",
          "object",
          "super",
          "memoryview",
          "staticmethod",
          "classmethod",
          "property",
          "repr",
          "unicode",
          "breakpoint",
          "abs",
          "bool",
          "raw_input",
          "file",
          "reduce",
          "dir",
          "isinstance",
          "hasattr",
          "round",
          "slice",
          "pow");

  private final Signs signs = new Signs();
  private final KnownCalls calls = new KnownCalls();
  private final Reach reach;
  private final boolean isThorough;
  private final WordSearch indicatorSearch;
  private final List<Indicator> indicators;

  /**
   * Gathers what is known.
   *
   * @param isThorough whether functions are gone through even where their words reach nothing
   */
  Knowledge(Collection<Indicator> indicators, boolean isThorough) {
    this.isThorough = isThorough;
    this.indicators = List.copyOf(indicators);
    this.reach = new Reach(calls.all().keySet());
    this.indicatorSearch = new WordSearch(indicators.stream().map(Indicator::text).toList());
  }

  Signs signs() {
    return signs;
  }

  KnownCalls calls() {
    return calls;
  }

  /** Whether the functions of a source may do anything that matters. */
  boolean mayReach(Vocabulary vocabulary) {
    return isThorough || reach.mayReach(vocabulary);
  }

  WordSearch indicatorSearch() {
    return indicatorSearch;
  }

  List<Indicator> indicators() {
    return indicators;
  }

  Indicator indicator(int word) {
    return indicators.get(word);
  }

  /** Names that are the same thing: the one that is known, by each other. */
  static Map<String, String> same() {
    return SAME;
  }

  static boolean isBuiltin(String name) {
    return BUILTINS.contains(name);
  }

  /** One name for what has several. */
  static String canonical(String name) {
    String known = SAME.get(name);
    if (known != null) {
      return known;
    }
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return name;
    }
    String owner = name.substring(0, dot);
    String last = name.substring(dot + 1);
    if (MODULES.contains(last) && !owner.equals(last) && !owner.startsWith(".")) {
      // Modules that other modules have imported: subprocess.os is os.
      return owner.equals("six.moves") ? "six.moves." + last : last;
    }
    String ownerKnown = canonical(owner);
    if (ownerKnown.equals(owner)) {
      return name;
    }
    String joined = ownerKnown + "." + last;
    return SAME.getOrDefault(joined, joined);
  }

  static boolean isDangerous(String name) {
    return DANGEROUS.contains(name);
  }

  static boolean isDangerousModule(String name) {
    return DANGEROUS_MODULES.contains(name);
  }

  /** What {@code from module import *} brings of what matters. */
  Map<String, Value> starred(String module) {
    String prefix = canonical(module) + ".";
    Map<String, Value> names = new LinkedHashMap<>();
    Map<String, KnownCalls.KnownCall> all = new HashMap<>(calls.all());
    for (String name : all.keySet()) {
      if (name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0) {
        names.put(name.substring(prefix.length()), Value.Reference.to(name));
      }
    }
    return names;
  }
}
