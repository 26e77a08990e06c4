package dev.gatehouse.samples.mutation.blind;

import dev.gatehouse.samples.mutation.Transformation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts programs by other functions. The program stays the one that the sample names: those that
 * do nothing in the original do nothing here.
 */
final class Processes {
  private static final Set<String> STARTS =
      Set.of("Popen", "run", "call", "check_call", "check_output");

  private Processes() {}

  static List<Transformation> all() {
    return List.of(
        started(
            "process-spawnvpe", "os", "(lambda o, w: o.spawnvpe(%1$s, %2$s, w, dict(o.environ)))"),
        started(
            "process-fork",
            "os",
            "(lambda o, w: (lambda p: %1$s or o.waitpid(p, 0))(o.fork() or o.execvp(%2$s, w)))"),
        started("process-posix-spawn", "os", "(lambda o, w: o.posix_spawnp(%2$s, w, o.environ))"),
        started("process-pty", "pty", "(lambda p, w: p.spawn([%2$s, *w[1:]]))"),
        started(
            "process-asyncio",
            "asyncio",
            "(lambda a, w: a.run(a.create_subprocess_exec(*w, executable=%2$s)))"),
        started(
            "process-asyncio-shell",
            "asyncio",
            "(lambda a, w: a.run(a.create_subprocess_shell("
                + "__import__('shlex').join([%2$s, *w[1:]]))))"),
        started(
            "process-system",
            "os",
            "(lambda o, w: o.system(__import__('shlex').join([%2$s, *w[1:]])))"),
        started(
            "process-popen",
            "os",
            "(lambda o, w: o.popen(__import__('shlex').join([%2$s, *w[1:]])).close())"),
        started(
            "process-status",
            "subprocess",
            "(lambda s, w: s.getstatusoutput(__import__('shlex').join([%2$s, *w[1:]])))"),
        started(
            "process-multiprocessing",
            "multiprocessing",
            "(lambda m, w: m.Process(target=__import__('os').execvp, args=(%2$s, w)).start())"),
        started(
            "process-through-env",
            "subprocess",
            "(lambda s, w: s.Popen(['/usr/bin/env', 'A=1', %2$s, *w[1:]]))"),
        started(
            "process-through-shell",
            "subprocess",
            "(lambda s, w: s.Popen(['/bin/sh', '-c', '\"$@\" &', 'sh', %2$s, *w[1:]]))"),
        unpacked(),
        effect(
            "call-submitted",
            "__import__('concurrent.futures', fromlist=['_'])"
                + ".ThreadPoolExecutor(1).submit(%1$s, %2$s).result()"),
        effect("call-partial", "__import__('functools').partial(%1$s, %2$s)()"),
        effect("call-starred", "(lambda f, *a, **k: f(*a, **k))(%1$s, %2$s)"));
  }

  /**
   * @param format for whether nobody waits, and for the program
   */
  private static Transformation started(String name, String module, String format) {
    return Rewrite.any(
        name,
        place ->
            Call.replaced(
                place.text(),
                call ->
                    isStart(call)
                        ? call.each().flatMap(arguments -> started(call, arguments, module, format))
                        : Optional.empty()));
  }

  private static Optional<String> started(
      Call call, List<String> arguments, String module, String format) {
    List<String> positional = Arguments.positional(arguments);
    if (positional.size() != 1 || arguments.stream().anyMatch(a -> a.contains(":="))) {
      return Optional.empty();
    }
    boolean shell = Arguments.named(arguments, "shell").filter(v -> v.equals("True")).isPresent();
    String words =
        shell
            ? "['/bin/sh', '-c', %s]".formatted(positional.get(0))
            : "list(%s)".formatted(positional.get(0));
    String program = Arguments.named(arguments, "executable").orElse("w[0]");
    String detached = call.function().equals("Popen") ? "1" : "0";
    return Optional.of(
        format.formatted(detached, program) + "(__import__('" + module + "'), " + words + ")");
  }

  private static boolean isStart(Call call) {
    return call.meant().equals("subprocess") && STARTS.contains(call.function());
  }

  /** All arguments in a dictionary. */
  private static Transformation unpacked() {
    return Rewrite.any(
        "process-unpacked",
        place ->
            Call.replaced(
                place.text(),
                call ->
                    isStart(call)
                        ? call.each()
                            .filter(all -> Arguments.positional(all).size() == 1)
                            .map(all -> call.callee() + "(**{" + entries(all) + "})")
                        : Optional.empty()));
  }

  private static String entries(List<String> arguments) {
    StringBuilder entries = new StringBuilder();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      boolean named = Arguments.positional(List.of(argument)).isEmpty();
      String name = named ? argument.substring(0, equals).strip() : "args";
      String value = named ? argument.substring(equals + 1).strip() : argument;
      entries.append("'%s': %s, ".formatted(name, value));
    }
    return entries.toString();
  }

  /** Calls what reaches out of the process by something else. */
  private static Transformation effect(String name, String format) {
    return Rewrite.any(
        name,
        place ->
            Call.replaced(
                place.text(),
                call ->
                    Optional.of(call)
                        .filter(one -> isStart(one) || Fetches.isFetch(one))
                        .filter(one -> one.each().filter(all -> !all.isEmpty()).isPresent())
                        .map(one -> format.formatted(one.callee(), one.arguments().strip()))));
  }
}
