package dev.gatehouse.samples.mutation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does the same by other functions. */
final class OtherCalls {
  private OtherCalls() {}

  static List<Transformation> all() {
    return List.of(
        first("exec-compile", "exec(", "exec(compile(", ", '<s>', 'exec'))"),
        first("exec-lambda", "exec(", "(lambda c: exec(c, globals()))(", ")"),
        first("exec-map", "exec(", "list(map(exec, [", "]))"),
        first(
            "exec-function-type",
            "exec(",
            "__import__('types').FunctionType(compile(",
            ", 's', 'exec'), globals())()"),
        first(
            "exec-interpreter",
            "exec(",
            "__import__('code').InteractiveInterpreter(globals()).runcode(compile(",
            ", 's', 'exec'))"),
        first("exec-partial", "exec(", "__import__('functools').partial(exec)(", ")"),
        plain("spawn-call", "subprocess.Popen(", "subprocess.call("),
        plain("spawn-output", "subprocess.run(", "subprocess.check_output("),
        listed("spawn-system", "__import__('os').system(' '.join(", "))"),
        listed("spawn-popen", "__import__('os').popen(' '.join(", ")).read()"),
        // By __import__, since the source may have bound the module to another name.
        listed("spawn-getoutput", "__import__('subprocess').getoutput(' '.join(", "))"),
        listed("spawn-shell", "__import__('subprocess').Popen(' '.join(", "), shell=True)"),
        listed("spawn-execvp", "(lambda a: __import__('os').spawnvp(1, a[0], a))(", ")"),
        listed("spawn-posix", "(lambda a: __import__('os').posix_spawnp(a[0], a, {}))(", ")"),
        plain("fetch-requests", "urllib.request.urlopen(", "__import__('requests').get("),
        plain(
            "fetch-opener",
            "urllib.request.urlopen(",
            "__import__('urllib.request', fromlist=['x']).build_opener().open("),
        plain("open-io", "open(", "__import__('io').open("),
        plain("open-pathlib", "open(", "__import__('codecs').open("));
  }

  /** Replaces the name of a function, where it is called. */
  private static Transformation plain(String name, String from, String to) {
    Pattern pattern = Pattern.compile("(?<![.\\w])" + Pattern.quote(from));
    return new Source(
        name,
        (text, _) ->
            Optional.of(
                text.code(code -> pattern.matcher(code).replaceAll(Matcher.quoteReplacement(to)))));
  }

  /** Puts something round the first argument of each call. */
  private static Transformation first(String name, String call, String before, String after) {
    return new Source(
        name,
        (text, _) -> {
          StringBuilder out = new StringBuilder();
          String source = text.text();
          Matcher matcher = Pattern.compile("(?<![.\\w])" + Pattern.quote(call)).matcher(source);
          int from = 0;
          while (matcher.find(from)) {
            int open = matcher.end() - 1;
            int close = PythonText.closing(source, open);
            if (close < 0) {
              break;
            }
            if (text.quoteAround(matcher.start()) == '\'') {
              // Our quotes would end the string.
              out.append(source, from, matcher.end());
              from = matcher.end();
              continue;
            }
            int end = firstEnd(source, open, close);
            out.append(source, from, matcher.start())
                .append(before)
                .append(source, open + 1, end)
                .append(after);
            from = close + 1;
          }
          return Optional.of(out.append(source.substring(from)).toString());
        });
  }

  /** Replaces a process that is started with a list of words. */
  private static Transformation listed(String name, String before, String after) {
    Pattern pattern = Pattern.compile("(?<![.\\w])_?subprocess\\.(?:Popen|run|call)\\(\\s*(?=\\[)");
    return new Source(
        name,
        (text, _) -> {
          String source = text.text();
          StringBuilder out = new StringBuilder();
          Matcher matcher = pattern.matcher(source);
          int from = 0;
          while (matcher.find(from)) {
            int open = source.indexOf('(', matcher.start());
            int close = PythonText.closing(source, open);
            int list = PythonText.closing(source, matcher.end());
            if (close < 0 || list < 0) {
              break;
            }
            if (text.quoteAround(matcher.start()) == '\'') {
              // Our quotes would end the string.
              out.append(source, from, matcher.end());
              from = matcher.end();
              continue;
            }
            out.append(source, from, matcher.start())
                .append(before)
                .append(source, matcher.end(), list + 1)
                .append(after);
            from = close + 1;
          }
          return Optional.of(out.append(source.substring(from)).toString());
        });
  }

  private static int firstEnd(String source, int open, int close) {
    int depth = 0;
    for (int i = open + 1; i < close; i++) {
      char c = source.charAt(i);
      if (c == '\'' || c == '"') {
        i = stringEnd(source, i);
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        return i;
      }
    }
    return close;
  }

  /** The quote that ends a string of one line. */
  private static int stringEnd(String source, int start) {
    for (int i = start + 1; i < source.length(); i++) {
      if (source.charAt(i) == source.charAt(start)) {
        int escapes = i;
        while (source.charAt(escapes - 1) == '\\') {
          escapes--;
        }
        if ((i - escapes) % 2 == 0) {
          return i;
        }
      }
    }
    return start;
  }
}
