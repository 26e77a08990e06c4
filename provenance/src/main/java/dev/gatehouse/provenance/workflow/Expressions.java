package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GitHub's expressions ({@code ${{ … }}}): which of them put text of others in a place of code. */
final class Expressions {
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$\\{\\{(.{0,2000}?)\\}\\}", Pattern.DOTALL);
  private static final Pattern CONTEXT =
      Pattern.compile(
          "(?<![A-Za-z0-9_.'-])(github|inputs)((?:\\.[A-Za-z0-9_*-]+|\\[[^\\]]{1,60}\\])+)");

  /** Numbers, hashes and words of GitHub's own. */
  private static final Pattern SAFE_END =
      Pattern.compile(
          "(.*[._])?(number|id|node_id|sha|oid|action|merged|draft|state|before|after|size|count|run_number|conclusion|event|private|fork|prerelease|type|locked|closed|[a-z]+_at|[a-z]+_id|[a-z]+_url|url)");

  private Expressions() {}

  /**
   * What others write in a text.
   *
   * @param offset where the expression begins in the text
   * @param severity high where strangers write it, medium where those do who may start a run or
   *     push
   */
  record Injected(int offset, String context, Severity severity) {}

  /** What in a script is replaced by text of others before it runs. */
  static List<Injected> injected(String script) {
    List<Injected> found = new ArrayList<>();
    Matcher expressions = EXPRESSION.matcher(script);
    while (expressions.find()) {
      Matcher contexts = CONTEXT.matcher(expressions.group(1));
      while (contexts.find()) {
        String context = contexts.group().toLowerCase(Locale.ROOT);
        int start = expressions.start();
        severity(context).ifPresent(severity -> found.add(new Injected(start, context, severity)));
      }
    }
    return found;
  }

  private static Optional<Severity> severity(String context) {
    if (context.startsWith("inputs") || context.startsWith("github.event.inputs")) {
      return Optional.of(Severity.MEDIUM);
    }
    if (context.equals("github.ref_name") || context.equals("github.ref")) {
      return Optional.of(Severity.MEDIUM);
    }
    if (context.equals("github.head_ref")) {
      return Optional.of(Severity.HIGH);
    }
    return context.startsWith("github.event.") && !SAFE_END.matcher(context).matches()
        ? Optional.of(Severity.HIGH)
        : Optional.empty();
  }
}
