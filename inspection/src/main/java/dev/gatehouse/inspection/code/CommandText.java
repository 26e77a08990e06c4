package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a shell command does, by the words in it. A command that a program puts together is seen
 * with {@link Value#HOLE} for what is not known.
 */
final class CommandText {
  private static final Set<String> FETCHERS =
      Set.of("curl", "wget", "fetch", "aria2c", "bitsadmin", "certutil", "iwr", "irm", "http");
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "zsh", "dash", "ksh", "ash", "fish");
  private static final Set<String> INTERPRETERS =
      Set.of(
          "python",
          "python2",
          "python3",
          "perl",
          "ruby",
          "node",
          "php",
          "bun",
          "deno",
          "osascript");
  private static final Set<String> DECODERS =
      Set.of("base64", "xxd", "uudecode", "basenc", "gunzip");
  private static final Set<String> UPLOAD_OPTIONS =
      Set.of(
          "-d",
          "--data",
          "--data-binary",
          "--data-raw",
          "--data-urlencode",
          "-f",
          "--form",
          "-t",
          "--upload-file",
          "--post-file",
          "--post-data",
          "--body-file",
          "--json",
          "-infile");
  private static final Set<String> OUTPUT_OPTIONS =
      Set.of("-o", "-O", "--output", "--output-document", ">", "-OutFile", "-outfile");
  private static final Set<String> DETACHERS = Set.of("nohup", "setsid", "disown", "daemonize");
  private static final Set<String> PERSISTERS =
      Set.of("crontab", "launchctl", "schtasks", "update-rc.d", "chkconfig");

  private final String command;
  private final List<String> words;
  private final Set<Fact> facts = EnumSet.noneOf(Fact.class);

  private CommandText(String command) {
    this.command = command.toLowerCase(Locale.ROOT);
    this.words = words(this.command);
  }

  /** What a command does. */
  static Set<Fact> facts(String command) {
    return new CommandText(command).read();
  }

  /** The files that a command fetches something into. */
  static List<String> fetched(String command) {
    List<String> words = words(command);
    List<String> paths = new ArrayList<>();
    boolean fetches = false;
    for (int i = 0; i + 1 < words.size(); i++) {
      String word = words.get(i);
      fetches |= isFetching(word.toLowerCase(Locale.ROOT));
      if (fetches && OUTPUT_OPTIONS.contains(word)) {
        paths.add(words.get(i + 1));
      }
    }
    return paths;
  }

  /** Whether what a command prints may be what it fetched. */
  static boolean fetches(String command) {
    return words(command).stream().anyMatch(word -> isFetching(word.toLowerCase(Locale.ROOT)));
  }

  /**
   * Whether a word says that something is fetched: a program for it, or an address, which a copy of
   * that program under another name is given.
   */
  private static boolean isFetching(String word) {
    return FETCHERS.contains(program(word))
        || word.startsWith("http://")
        || word.startsWith("https://")
        || word.startsWith("ftp://");
  }

  /** Whether what was fetched into a file is started by the same command. */
  private boolean startsFetched() {
    List<String> paths = fetched(command);
    for (int i = 1; i < words.size(); i++) {
      boolean first = words.get(i - 1).equals("&") || words.get(i - 1).equals(";");
      boolean script = isInterpreter(program(words.get(i - 1)));
      if ((first || script) && paths.contains(words.get(i))) {
        return true;
      }
    }
    return false;
  }

  private Set<Fact> read() {
    boolean fetches = false;
    boolean decodes = false;
    for (int i = 0; i < words.size(); i++) {
      String word = program(words.get(i));
      if (FETCHERS.contains(word)) {
        fetches = true;
        facts.add(Fact.CONNECTS);
        facts.add(uploads(i) ? Fact.UPLOADS : Fact.COMMAND_FETCHES);
      } else if (word.equals("openssl")
          && nextIs(i, "enc", "rand", "pkeyutl", "rsautl", "smime", "cms")) {
        facts.add(Fact.ENCRYPTS);
      } else if (word.equals("gpg")
          && (command.contains(" -c")
              || command.contains("symmetric")
              || command.contains("encrypt"))) {
        facts.add(Fact.ENCRYPTS);
      } else if (DETACHERS.contains(word)) {
        facts.add(Fact.DETACHES);
      } else if (PERSISTERS.contains(word) && !nextIs(i, "-l", "list", "/query")) {
        facts.add(Fact.PERSISTS);
      } else if (word.equals("systemctl")
          && (command.contains(" enable") || command.contains(" start"))) {
        facts.add(Fact.PERSISTS);
      } else if (word.equals("chmod") && (command.contains("+x") || command.contains(" 7"))) {
        facts.add(Fact.MAKES_EXECUTABLE);
      } else if (word.equals("powershell") || word.equals("pwsh")) {
        powershell(i);
      } else if (isNetcat(word) && isReverse()) {
        facts.add(Fact.REVERSE_SHELL);
      } else if ((word.equals("env") && isAlone(i)) || word.equals("printenv")) {
        facts.add(Fact.READS_ENVIRONMENT);
      } else if (isSender(word)) {
        facts.add(Fact.CONNECTS);
        facts.add(Fact.UPLOADS);
      } else if (word.equals("reg") && nextIs(i, "add")) {
        facts.add(Fact.WRITES);
        if (command.contains("currentversion") && command.contains("run")) {
          facts.add(Fact.NAMES_PERSISTENCE);
          facts.add(Fact.PERSISTS);
        }
      }
      decodes |= DECODERS.contains(word);
    }
    if (!fetches && !fetched(command).isEmpty()) {
      fetches = true;
      facts.add(Fact.CONNECTS);
      facts.add(Fact.COMMAND_FETCHES);
    }
    pipes(fetches, decodes);
    if (command.contains("/dev/tcp/") || command.contains("/dev/udp/")) {
      facts.add(Fact.REVERSE_SHELL);
    }
    if (command.contains("/dev/null") || command.contains(">nul")) {
      facts.add(Fact.SILENCES);
    }
    if (command.strip().endsWith("&") && !command.strip().endsWith("&&")) {
      facts.add(Fact.DETACHES);
    }
    if (command.contains("/tmp/")
        || command.contains("/dev/shm")
        || command.contains("%temp%")
        || command.contains("mktemp")
        || command.contains("$tmpdir")
        || command.contains("/var/tmp")) {
      facts.add(Fact.TEMPORARY);
    }
    return facts;
  }

  /** What is piped, or substituted, into an interpreter. */
  private void pipes(boolean fetches, boolean decodes) {
    boolean piped = false;
    for (int bar = command.indexOf('|'); bar >= 0; bar = command.indexOf('|', bar + 1)) {
      List<String> behind = words(command.substring(bar + 1));
      int first = !behind.isEmpty() && behind.getFirst().equals("sudo") ? 1 : 0;
      if (behind.size() > first && isInterpreter(program(behind.get(first)))) {
        piped = true;
      }
    }
    boolean substituted =
        (command.contains("$(") || command.contains("`") || command.contains("<("))
            && words.stream().anyMatch(word -> isInterpreter(program(word)) || word.equals("eval"));
    if (fetches && (piped || substituted || startsFetched())) {
      facts.add(Fact.PIPES_FETCHED);
    }
    if (decodes
        && (piped || substituted)
        && (command.contains("-d") || command.contains("--decode") || command.contains("-r"))) {
      facts.add(Fact.SPAWNS_DECODED);
    }
  }

  static boolean isInterpreter(String word) {
    return SHELLS.contains(word) || isPython(word) || INTERPRETERS.contains(word);
  }

  static boolean isPython(String word) {
    return word.startsWith("python") || word.equals("py") || word.equals("pythonw");
  }

  private boolean uploads(int from) {
    for (int i = from + 1; i < words.size(); i++) {
      String word = words.get(i);
      if (UPLOAD_OPTIONS.contains(word)
          || word.startsWith("--data")
          || word.startsWith("--upload-file")
          || word.startsWith("--post-")
          || word.startsWith("-d@")
          || word.startsWith("-f@")
          || (word.equals("-x") && nextIs(i, "post", "put"))
          || word.equals("-xpost")
          || word.equals("-xput")
          || word.contains("file=@")) {
        return true;
      }
      if (word.equals("|") || word.equals(";") || word.equals("&&")) {
        return false;
      }
    }
    return false;
  }

  private static boolean isSender(String word) {
    return word.equals("scp")
        || word.equals("rsync")
        || word.equals("sftp")
        || word.equals("rclone")
        || word.equals("ftp");
  }

  private void powershell(int at) {
    for (int i = at + 1; i < words.size(); i++) {
      String word = words.get(i).replace('/', '-');
      boolean encoded =
          (word.length() >= 2 && "-encodedcommand".startsWith(word)) || word.equals("-ec");
      if (encoded) {
        facts.add(Fact.ENCODED_POWERSHELL);
      }
      if (word.contains("downloadstring")
          || word.contains("invoke-webrequest")
          || word.contains("iwr")) {
        facts.add(Fact.CONNECTS);
        facts.add(Fact.COMMAND_FETCHES);
        if (command.contains("iex") || command.contains("invoke-expression")) {
          facts.add(Fact.PIPES_FETCHED);
        }
      }
    }
  }

  private static boolean isNetcat(String word) {
    return word.equals("nc")
        || word.equals("ncat")
        || word.equals("netcat")
        || word.equals("socat");
  }

  private boolean isReverse() {
    return command.contains(" -e")
        || command.contains("exec:")
        || command.contains("mkfifo")
        || command.contains(" -c ");
  }

  private boolean isAlone(int at) {
    return at + 1 >= words.size() || words.get(at + 1).equals("|") || words.get(at + 1).equals(">");
  }

  private boolean nextIs(int at, String... expected) {
    return at + 1 < words.size() && List.of(expected).contains(words.get(at + 1));
  }

  /** Without its folder and {@code .exe}. */
  static String program(String word) {
    String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
    return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
  }

  /** Cut at blanks and operators; quotes are taken off. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c <= ' ') {
        flush(word, words);
      } else if (c == '|' || c == ';' || c == '&' || c == '(' || c == ')' || c == '`' || c == '>'
          || c == '<') {
        flush(word, words);
        words.add(String.valueOf(c));
      } else if (c != '"' && c != '\'') {
        word.append(c);
      }
    }
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
