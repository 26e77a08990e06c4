package dev.gatehouse.comparison.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.comparison.Comparison;
import dev.gatehouse.comparison.Coverage;
import dev.gatehouse.comparison.match.FileClass;
import dev.gatehouse.comparison.match.FileResult;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons as one page of HTML: what was held against what, what is not explained with the lines
 * side by side, and all files in their folders, coloured by class. It has no script, and loads
 * nothing.
 */
public final class ComparisonPage {
  private static final int MOST_DIFFS = 400;

  /** A browser lays out so many rows without delay; further ones are in the other formats. */
  private static final int MOST_FILES = 20_000;

  private static final String STYLE = resource("page.css");

  private final Html html;
  private final String version;

  private ComparisonPage(Html html, String version) {
    this.html = html;
    this.version = version;
  }

  /**
   * Writes the page.
   *
   * @param version of this program
   * @param out not closed
   * @throws IOException where it cannot be written
   */
  public static void write(List<Comparison> comparisons, String version, Writer out)
      throws IOException {
    new ComparisonPage(new Html(out), version).page(comparisons);
    out.flush();
  }

  private void page(List<Comparison> comparisons) throws IOException {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .raw("style-src 'unsafe-inline'\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .text(title(comparisons))
        .raw("</title>\n<style>\n")
        .raw(STYLE)
        .raw("</style></head>\n<body>\n");
    for (int i = 0; i < comparisons.size(); i++) {
      target(comparisons.get(i), "t" + (i + 1));
    }
    html.open("footer").text("Written by gatehouse compare, " + version).raw("</footer>\n");
    html.raw("</body></html>\n");
  }

  private static String title(List<Comparison> comparisons) {
    return comparisons.isEmpty()
        ? "Nothing was compared"
        : comparisons.getFirst().target() + " against its source";
  }

  private void target(Comparison comparison, String id) throws IOException {
    html.raw("<main>\n");
    head(comparison);
    problems(comparison);
    findings(comparison, id);
    if (comparison.revision() != null) {
      differences(comparison, id);
      tree(comparison, id);
    }
    html.raw("</main>\n");
  }

  private void head(Comparison comparison) throws IOException {
    html.open("header").element("h1", "path", name(comparison.target()));
    html.element("p", "verdict " + tone(comparison), verdict(comparison));
    html.open("dl");
    term("against", comparison.source());
    if (comparison.revision() != null) {
      String commit = comparison.revision().commit();
      term("revision", comparison.revision().name());
      term("chosen since", comparison.decided());
      term("commit", commit);
    }
    term("artifact", comparison.target());
    term("SHA-256", comparison.sha256());
    html.close("dl");
    if (comparison.revision() != null) {
      bar(comparison);
    }
    html.raw("</header>\n");
  }

  private static String name(String target) {
    return target.substring(target.lastIndexOf('/') + 1);
  }

  private void term(String term, @Nullable String value) throws IOException {
    if (value != null && !value.isEmpty()) {
      html.open("dt").text(term).close("dt").open("dd").text(value).close("dd");
    }
  }

  private static String verdict(Comparison comparison) {
    return switch (comparison.report().status()) {
      case CLEAN -> "Every file is explained.";
      case FINDINGS -> unexplained(comparison);
      case INCOMPLETE -> "Not all of it was compared.";
    };
  }

  private static String unexplained(Comparison comparison) {
    long unexplained =
        comparison.unexplained().stream().filter(file -> file.type() != FileClass.NATIVE).count();
    return switch ((int) Math.min(unexplained, 2)) {
      case 0 -> "Every file is the source's, and there is something to look at.";
      case 1 -> "1 file is not as the source has it.";
      default -> unexplained + " files are not as the source has them.";
    };
  }

  private static String tone(Comparison comparison) {
    return comparison.report().findings().stream()
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .filter(severity -> severity.compareTo(Severity.HIGH) <= 0)
        .map(_ -> "bad")
        .orElse(
            switch (comparison.report().status()) {
              case CLEAN -> "good";
              case FINDINGS, INCOMPLETE -> "unsure";
            });
  }

  /** How the files divide, by a bar and by numbers; what the artifact lacks is not in it. */
  private void bar(Comparison comparison) throws IOException {
    Map<FileClass, Integer> counts = new EnumMap<>(comparison.counts());
    html.raw("<div class=\"bar\" aria-hidden=\"true\">");
    for (Map.Entry<FileClass, Integer> count : counts.entrySet()) {
      if (count.getKey() != FileClass.MISSING) {
        html.raw(
            "<i class=\"%s\" style=\"flex-grow:%d\"></i>"
                .formatted(css(count.getKey()), count.getValue()));
      }
    }
    html.raw("</div>\n<ul class=\"legend\">");
    for (Map.Entry<FileClass, Integer> count : counts.entrySet()) {
      html.open("li")
          .open("b", "dot " + css(count.getKey()))
          .close("b")
          .text("%d %s".formatted(count.getValue(), count.getKey().text()))
          .close("li");
    }
    html.raw("</ul>\n");
    Coverage coverage = comparison.coverage();
    html.open("p")
        .text(
            "Proved of all but metadata and machine code: %d of %d files, %s of the bytes."
                .formatted(coverage.provedFiles(), coverage.files(), share(coverage.ofBytes())))
        .close("p");
  }

  /** Never rounded up to all. */
  private static String share(double share) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1000) / 10);
  }

  private void problems(Comparison comparison) throws IOException {
    List<Problem> problems = comparison.report().problems();
    if (problems.isEmpty()) {
      return;
    }
    html.raw("<section><h2>What was not compared</h2><ul>");
    for (Problem problem : problems) {
      html.open("li");
      if (problem.path() != null) {
        html.element("code", "path", problem.path()).text(": ");
      }
      html.text(problem.message()).close("li");
    }
    html.raw("</ul></section>\n");
  }

  private void findings(Comparison comparison, String id) throws IOException {
    List<Finding> findings = comparison.report().findings();
    if (findings.isEmpty()) {
      return;
    }
    Map<String, String> anchors = anchors(comparison, id);
    html.raw("<section><h2>Findings</h2><table class=\"findings\">");
    for (Finding finding : findings) {
      String severity = finding.severity().text();
      html.open("tr").open("td").element("span", "severity " + severity, severity).close("td");
      html.open("td");
      if (finding.path() != null) {
        String place = finding.path() + (finding.line() > 0 ? ":" + finding.line() : "");
        String anchor = anchors.get(finding.path());
        if (anchor == null) {
          html.element("code", "path", place);
        } else {
          html.raw("<a href=\"#" + anchor + "\">").element("code", "path", place).close("a");
        }
        html.raw("<br>");
      }
      html.text(finding.message());
      if (!finding.evidence().isEmpty()) {
        html.element("pre", "evidence", finding.evidence());
      }
      html.element("small", "rule", finding.rule().name()).close("td").raw("</tr>\n");
    }
    html.raw("</table></section>\n");
  }

  private static Map<String, String> anchors(Comparison comparison, String id) {
    Map<String, String> anchors = new HashMap<>();
    List<FileResult> differing = differing(comparison);
    for (int i = 0; i < differing.size(); i++) {
      anchors.put(Printable.of(differing.get(i).path(), 500), id + "d" + i);
    }
    return anchors;
  }

  /** Those with lines to show. */
  private static List<FileResult> differing(Comparison comparison) {
    return comparison.unexplained().stream()
        .filter(file -> !file.diff().isEmpty())
        .limit(MOST_DIFFS)
        .toList();
  }

  private void differences(Comparison comparison, String id) throws IOException {
    List<FileResult> differing = differing(comparison);
    if (differing.isEmpty()) {
      return;
    }
    html.raw("<section><h2>Differences</h2>\n");
    for (int i = 0; i < differing.size(); i++) {
      FileResult file = differing.get(i);
      html.raw("<details open class=\"diff\" id=\"" + id + "d" + i + "\"><summary>")
          .open("b", "dot " + css(file.type()))
          .close("b")
          .element("code", "path", file.path())
          .text(" " + file.reason())
          .raw(
              "</summary>\n<table><colgroup><col class=\"number\"><col><col class=\"number\"><col>")
          .raw("</colgroup><tr><th colspan=\"2\">source: ")
          .text(Objects.requireNonNullElse(file.counterpart(), "nothing"))
          .raw("</th><th colspan=\"2\">artifact: ")
          .text(file.path())
          .raw("</th></tr>\n");
      for (SideBySide.Row row : SideBySide.of(file.diff())) {
        row(row);
      }
      html.raw("</table></details>\n");
    }
    html.raw("</section>\n");
  }

  private void row(SideBySide.Row row) throws IOException {
    if (!row.note().isEmpty()) {
      html.raw("<tr class=\"note\"><td colspan=\"4\">").text(row.note()).raw("</td></tr>\n");
      return;
    }
    html.open("tr");
    cell(row.before(), row.isChange() ? "gone" : "");
    cell(row.after(), row.isChange() ? "new" : "");
    html.raw("</tr>\n");
  }

  private void cell(SideBySide.@Nullable Cell cell, String tone) throws IOException {
    if (cell == null) {
      html.raw("<td></td><td class=\"none\"></td>");
      return;
    }
    html.open("td", "number").text(cell.number() > 0 ? Integer.toString(cell.number()) : "");
    html.raw("</td>").element("td", "code " + tone, cell.text());
  }

  private void tree(Comparison comparison, String id) throws IOException {
    List<FileResult> files = new ArrayList<>(comparison.files());
    int left = files.size() - MOST_FILES;
    html.raw("<section><h2>All files</h2>\n<div class=\"tree\">");
    folder(FileTree.of(left > 0 ? files.subList(0, MOST_FILES) : files), anchors(comparison, id));
    html.raw("</div>");
    if (left > 0) {
      html.open("p").text("… and %d files more".formatted(left)).close("p");
    }
    html.raw("</section>\n");
  }

  private void folder(FileTree folder, Map<String, String> anchors) throws IOException {
    html.open("ul");
    for (FileTree inner : folder.folders()) {
      boolean explained = inner.counts().keySet().stream().noneMatch(Coverage::isUnexplained);
      html.raw(explained ? "<li><details>" : "<li><details open>")
          .raw("<summary>")
          .element("code", "path", inner.name() + "/");
      for (Map.Entry<FileClass, Integer> count : inner.counts().entrySet()) {
        html.raw("<span class=\"count ")
            .raw(css(count.getKey()))
            .raw("\" title=\"")
            .text(count.getKey().text())
            .raw("\">" + count.getValue() + "</span>");
      }
      html.raw("</summary>");
      folder(inner, anchors);
      html.raw("</details></li>\n");
    }
    for (FileResult file : folder.files()) {
      file(file, anchors);
    }
    html.close("ul");
  }

  private void file(FileResult file, Map<String, String> anchors) throws IOException {
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    String anchor = anchors.get(Printable.of(file.path(), 500));
    html.open("li", "file").open("b", "dot " + css(file.type())).close("b");
    if (anchor == null) {
      html.element("code", "path", name);
    } else {
      html.raw("<a href=\"#" + anchor + "\">").element("code", "path", name).close("a");
    }
    if (file.type() != FileClass.IDENTICAL) {
      String made =
          file.counterpart() == null || file.counterpart().endsWith("/" + file.path())
              ? ""
              : ": " + file.counterpart();
      html.element("small", "why", file.type().text() + ", " + file.reason() + made);
    }
    html.raw("</li>\n");
  }

  private static String css(FileClass type) {
    return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ComparisonPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
