package dev.gatehouse.inspection.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What starts programs. */
final class ProcessCalls {
  private static final Set<String> NATIVE =
      Set.of("ctypes.CDLL", "ctypes.cdll.LoadLibrary", "ctypes.WinDLL", "ctypes.PyDLL", "cffi.FFI");
  private static final Set<String> SHELLCODE =
      Set.of("CreateThread", "CreateRemoteThread", "QueueUserAPC", "RtlMoveMemory");

  /** So many words of a command are looked at one by one. */
  private static final int MOST_WORDS = 8;

  private ProcessCalls() {}

  static void addTo(Map<String, KnownCalls.KnownCall> calls) {
    for (String name : new String[] {"os.system", "os.popen", "platform.popen"}) {
      calls.put(name, in -> spawn(in, in.argument(0, "command")));
    }
    for (String name :
        new String[] {
          "subprocess.Popen",
          "subprocess.run",
          "subprocess.call",
          "subprocess.check_call",
          "subprocess.check_output",
          "subprocess.getoutput",
          "subprocess.getstatusoutput",
          "pty.spawn",
          "pexpect.spawn",
          "pexpect.run",
          "invoke.run",
          "sh.Command",
          "asyncio.create_subprocess_shell",
          "asyncio.subprocess.create_subprocess_shell",
          "subprocess32.Popen",
          "anyio.run_process",
          "anyio.open_process",
          "trio.run_process"
        }) {
      calls.put(name, in -> spawn(in, in.argument(0, "args")));
    }
    for (String name :
        new String[] {
          "asyncio.create_subprocess_exec",
          "asyncio.subprocess.create_subprocess_exec",
          "os.execl",
          "os.execlp",
          "os.execle",
          "os.execlpe"
        }) {
      calls.put(name, in -> spawn(in, Value.Items.of(new ArrayList<>(in.arguments()))));
    }
    for (String name :
        new String[] {
          "os.execv", "os.execve", "os.execvp", "os.execvpe", "os.posix_spawn", "os.posix_spawnp"
        }) {
      calls.put(name, in -> spawn(in, withProgram(in.argument(0), in.argument(1))));
    }
    for (String name : new String[] {"os.spawnv", "os.spawnve", "os.spawnvp", "os.spawnvpe"}) {
      calls.put(name, in -> detached(in, withProgram(in.argument(1), in.argument(2))));
    }
    for (String name : new String[] {"os.spawnl", "os.spawnle", "os.spawnlp", "os.spawnlpe"}) {
      calls.put(
          name,
          in ->
              detached(
                  in,
                  Value.Items.of(
                      new ArrayList<>(
                          in.arguments()
                              .subList(
                                  Math.min(1, in.arguments().size()), in.arguments().size())))));
    }
    calls.put("subprocess.fork_exec", in -> spawn(in, in.argument(0)));
    for (String name : new String[] {"os.fork", "os.setsid", "os.forkpty"}) {
      calls.put(
          name,
          in -> {
            in.note(Fact.DETACHES);
            return Value.UNKNOWN;
          });
    }
    calls.put(
        "os.dup2",
        in -> {
          in.note(Fact.DUPLICATES_SOCKET);
          return Value.UNKNOWN;
        });
    for (String name : NATIVE) {
      calls.put(name, _ -> Value.unknown(Marks.of(Mark.NATIVE)));
    }
    calls.put("shutil.which", in -> in.argument(0));
    calls.put(
        "os.startfile",
        in -> {
          // Opens a document with the program for it.
          in.note(Fact.SPAWNS);
          return Value.UNKNOWN;
        });
  }

  private static Value withProgram(Value program, Value arguments) {
    List<Value> all = new ArrayList<>();
    List<Value> rest = Folding.elements(arguments);
    boolean repeated =
        rest != null
            && !rest.isEmpty()
            && Value.shown(rest.getFirst()).equals(Value.shown(program));
    if (!repeated) {
      all.add(program);
    }
    if (rest == null) {
      all.add(Value.unknown(arguments.marks()));
    } else {
      all.addAll(rest);
    }
    Value.Items items = Value.Items.of(all);
    items.mark(program.marks());
    return items;
  }

  private static Value detached(Invocation in, Value command) {
    in.note(Fact.DETACHES);
    return spawn(in, command);
  }

  /** Starts a program; the command is a text, or a list of its words. */
  static Value spawn(Invocation in, Value command) {
    in.note(Fact.SPAWNS);
    List<Value> words = words(command);
    Marks marks = command.marks();
    for (Value word : words) {
      marks = marks.and(word.marks());
    }
    options(in);
    if (marks.has(Mark.INTERPRETER) || isPython(words)) {
      in.note(Fact.SPAWNS_INTERPRETER);
    }
    if (startsFetched(in, words)) {
      in.note(Fact.SPAWNS_FETCHED);
    }
    if (marks.has(Mark.TEMPORARY)) {
      in.note(Fact.TEMPORARY);
    }
    if (marks.has(Mark.SECRET) && carries(words)) {
      in.note(Fact.SENDS_SECRET);
    }
    if (marks.has(Mark.DECODED)) {
      in.note(Fact.SPAWNS_DECODED);
    }
    code(in, words);
    boolean interprets = marks.has(Mark.INTERPRETER) || startsInterpreter(words);
    if (interprets) {
      feed(in, in.named("input"));
    }
    scripts(words, interprets).forEach(word -> ReflectionCalls.script(in, word));
    String line = text(words);
    command(in, line);
    Marks process = interprets ? Marks.of(Mark.PROCESS, Mark.INTERPRETER) : Marks.of(Mark.PROCESS);
    // What it prints is what it fetched.
    boolean fetches = CommandText.fetches(line);
    return Value.unknown(fetches ? process.and(Mark.FETCHED) : process);
  }

  /**
   * The words that an interpreter may take for its script, and modules that any program is given.
   */
  private static List<Value> scripts(List<Value> words, boolean interprets) {
    List<Value> all = new ArrayList<>();
    if (words.size() == 1) {
      for (String part : CommandText.words(Value.shown(words.getFirst()))) {
        all.add(Value.text(part));
      }
    } else {
      all.addAll(words);
    }
    List<Value> scripts = new ArrayList<>();
    for (int i = 1; i < Math.min(MOST_WORDS, all.size()); i++) {
      String word = Value.shown(all.get(i));
      if ((interprets && i < 4) || word.endsWith(".py") || word.endsWith(".pyw")) {
        scripts.add(all.get(i));
      }
    }
    return scripts;
  }

  /** Whether the program is what was fetched, or the script that an interpreter is given. */
  private static boolean startsFetched(Invocation in, List<Value> words) {
    if (words.isEmpty()) {
      return false;
    }
    List<String> parts = CommandText.words(Value.shown(words.getFirst()));
    boolean known = !parts.isEmpty() && in.evaluator().program().isFetched(parts.getFirst());
    boolean interpreter =
        words.getFirst().marks().has(Mark.INTERPRETER)
            || (!parts.isEmpty()
                && CommandText.isInterpreter(CommandText.program(parts.getFirst())));
    // Tools that people call hand what they fetched to all sorts of programs; no import does.
    boolean any = interpreter || in.evaluator().interpreter().isAutomatic();
    if (words.size() == 1) {
      boolean inside = any && parts.stream().anyMatch(in.evaluator().program()::isFetched);
      return known || inside || (parts.size() == 1 && words.getFirst().marks().has(Mark.FETCHED));
    }
    int checked = any ? Math.min(words.size(), MOST_WORDS) : 1;
    return words.subList(0, checked).stream().anyMatch(word -> ReflectionCalls.isFetched(word, in));
  }

  private static void options(Invocation in) {
    for (String name : new String[] {"stdout", "stderr", "stdin"}) {
      Value stream = in.named(name);
      if (stream.marks().has(Mark.NOWHERE)
          || (stream instanceof Value.Handle handle && handle.path().equals("/dev/null"))) {
        in.note(Fact.SILENCES);
      }
      if (stream.marks().has(Mark.CONNECTION)) {
        in.note(Fact.REVERSE_SHELL);
      }
    }
    boolean session =
        Boolean.TRUE.equals(Folding.truth(in.named("start_new_session")))
            || in.named().containsKey("preexec_fn")
            || in.named().containsKey("process_group")
            || in.named().containsKey("creationflags");
    if (session) {
      in.note(Fact.DETACHES);
    }
  }

  private static boolean carries(List<Value> words) {
    Set<Fact> facts = CommandText.facts(text(words));
    return facts.contains(Fact.UPLOADS) || facts.contains(Fact.CONNECTS);
  }

  private static List<Value> words(Value command) {
    if (command instanceof Value.Items items) {
      return items.values();
    }
    return List.of(
        command instanceof Value.Bytes bytes
            ? new Value.Text(new String(bytes.bytes(), StandardCharsets.UTF_8), bytes.marks())
            : command);
  }

  private static String text(List<Value> words) {
    StringBuilder text = new StringBuilder();
    for (Value word : words) {
      text.append(text.isEmpty() ? "" : " ").append(Value.shown(word));
    }
    return text.toString();
  }

  private static boolean isPython(List<Value> words) {
    if (words.isEmpty()) {
      return false;
    }
    List<String> parts = CommandText.words(Value.shown(words.getFirst()));
    return !parts.isEmpty()
        && CommandText.isPython(CommandText.program(parts.getFirst().toLowerCase(Locale.ROOT)));
  }

  private static boolean startsInterpreter(List<Value> words) {
    if (words.isEmpty()) {
      return false;
    }
    List<String> parts = CommandText.words(Value.shown(words.getFirst()));
    return !parts.isEmpty() && CommandText.isInterpreter(CommandText.program(parts.getFirst()));
  }

  /** Code that is given as an argument: {@code python -c}, {@code sh -c}. */
  private static void code(Invocation in, List<Value> words) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (!Value.shown(words.get(i)).equals("-c")) {
        continue;
      }
      String before = i == 0 ? "" : CommandText.program(Value.shown(words.get(i - 1)));
      Value code = words.get(i + 1);
      if (words.getFirst().marks().has(Mark.INTERPRETER)
          || CommandText.isPython(before)
          || isPython(words)) {
        python(in, code);
      }
    }
    if (words.size() == 1) {
      inline(in, words.getFirst());
    }
  }

  /** {@code python -c "…"} inside one text. */
  private static void inline(Invocation in, Value command) {
    String text = Value.shown(command);
    int at = text.indexOf(" -c ");
    boolean python = at >= 0 && text.substring(0, at).contains("python");
    if (at < 0 || !(python || command.marks().has(Mark.INTERPRETER))) {
      return;
    }
    String code = text.substring(at + 4).strip();
    if (code.length() > 1 && (code.charAt(0) == '"' || code.charAt(0) == '\'')) {
      int end = code.lastIndexOf(code.charAt(0));
      code = end > 0 ? code.substring(1, end) : code.substring(1);
    }
    python(in, new Value.Text(code, command.marks()));
  }

  private static void python(Invocation in, Value code) {
    if (code.marks().has(Mark.FETCHED)) {
      in.note(Fact.EXECUTES_FETCHED);
    }
    if (code.marks().has(Mark.MEDIA)) {
      in.note(Fact.EXECUTES_MEDIA);
    }
    in.layer(Value.shown(code).replace(Value.HOLE, '_'));
  }

  /** Input that a program is given, which an interpreter executes. */
  private static void feed(Invocation in, Value input) {
    Marks marks = input.marks();
    if (marks.has(Mark.DECODED)) {
      in.note(Fact.SPAWNS_DECODED);
    }
    if (marks.has(Mark.FETCHED)) {
      in.note(Fact.SPAWNS_FETCHED);
    }
    if (input instanceof Value.Text || input instanceof Value.Bytes) {
      in.layer(Value.shown(input).replace(Value.HOLE, '_'));
    }
  }

  private static void command(Invocation in, String command) {
    if (command.length() < 2) {
      return;
    }
    in.evaluator().read(command, in.at());
    CommandText.facts(command).forEach(in::note);
    for (String path : CommandText.fetched(command)) {
      in.note(Fact.WRITES);
      in.note(Fact.WRITES_FETCHED);
      in.evaluator().program().addFetched(path);
    }
    if (command.toLowerCase(Locale.ROOT).contains("kubectl") && command.contains("apply")) {
      in.note(Fact.CONNECTS);
    }
  }

  /** Methods of what started a program, or of native code. */
  static void method(Value self, String name, Invocation in) {
    boolean interpreter = self.marks().has(Mark.PROCESS) && self.marks().has(Mark.INTERPRETER);
    if (interpreter && (name.equals("communicate") || name.equals("write"))) {
      feed(in, in.argument(0, "input"));
    } else if (self.marks().has(Mark.NATIVE)) {
      if (name.equals("system") || name.equals("popen") || name.startsWith("exec")) {
        spawn(in, in.argument(0));
      } else if (SHELLCODE.contains(name)) {
        in.note(Fact.RUNS_SHELLCODE);
      }
    }
  }
}
