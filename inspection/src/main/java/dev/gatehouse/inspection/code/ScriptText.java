package dev.gatehouse.inspection.code;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script of a shell or of JavaScript. Nothing of Python runs it, so what is found is for review;
 * only known indicators block.
 */
final class ScriptText {
  /** A script that somebody wrote has fewer invented names than this. */
  private static final int MANY_NAMES = 200;

  /** Lines of a shell script are shorter. */
  private static final int MOST_LINE = 20_000;

  private final String path;
  private final String text;
  private final Knowledge knowledge;
  private final List<Finding> findings = new ArrayList<>();

  ScriptText(String path, byte[] source, Knowledge knowledge) {
    this.path = path;
    this.text = new String(source, StandardCharsets.ISO_8859_1);
    this.knowledge = knowledge;
  }

  List<Finding> findings() {
    knowledge
        .indicatorSearch()
        .search(
            text,
            (word, end) ->
                add(
                    CodeRules.KNOWN_INDICATOR.at(
                        path,
                        lineOf(end),
                        "Contains %s, %s of %s"
                            .formatted(
                                knowledge.indicator(word).text(),
                                knowledge.indicator(word).what(),
                                knowledge.indicator(word).incident()),
                        "")));
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".js") || lower.endsWith(".mjs") || lower.endsWith(".cjs")) {
      javaScript();
    } else {
      shell();
    }
    return findings;
  }

  private void add(Finding finding) {
    if (findings.stream().noneMatch(other -> other.message().equals(finding.message()))) {
      findings.add(finding);
    }
  }

  /** Names like _0x4f2a, which obfuscators make. */
  private void javaScript() {
    int names = 0;
    for (int at = text.indexOf("_0x"); at >= 0; at = text.indexOf("_0x", at + 3)) {
      names++;
    }
    if (names > MANY_NAMES) {
      add(
          CodeRules.OBFUSCATED_SCRIPT.at(
              path,
              0,
              "Is a script of %d bytes that was made unreadable, with %d invented names"
                  .formatted(text.length(), names),
              ""));
    }
  }

  private void shell() {
    Map<Fact, Integer> facts = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank() || line.strip().startsWith("#") || line.length() > MOST_LINE) {
        continue;
      }
      for (Fact fact : CommandText.facts(line)) {
        facts.putIfAbsent(fact, number);
      }
    }
    told(
        facts.get(Fact.SPAWNS_DECODED), CodeRules.SPAWN_DECODED, "Decodes hidden text and runs it");
    told(facts.get(Fact.REVERSE_SHELL), CodeRules.REVERSE_SHELL, "Gives another machine a shell");
    told(
        facts.get(Fact.ENCODED_POWERSHELL),
        CodeRules.ENCODED_POWERSHELL,
        "Starts PowerShell with a hidden command");
    if (facts.containsKey(Fact.ENCRYPTS)) {
      told(
          facts.get(Fact.UPLOADS),
          CodeRules.ENCRYPTED_UPLOAD,
          "Encrypts files and sends them away");
    }
  }

  private void told(@Nullable Integer line, Rule rule, String sentence) {
    if (line != null) {
      add(rule.at(path, line, sentence + ", when somebody runs it", "").as(Severity.MEDIUM, false));
    }
  }

  private int lineOf(int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
