package dev.gatehouse.findings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the details of a comparison say beside its findings: what the artifact was held against and
 * how that was decided, how many files came out as what, and what changed.
 */
final class ComparisonText {
  private static final int MOST_LINES_OF_A_FILE = 40;
  private static final int MOST_LINES = 160;

  private final Map<String, Object> details;

  private ComparisonText(Map<String, Object> details) {
    this.details = details;
  }

  static ComparisonText of(TargetReport target) {
    return new ComparisonText(target.details());
  }

  /** Two paragraphs; of what was not compared, which source it was. */
  void summary(Page page) throws IOException {
    String revision = text(details.get("revision"));
    if (revision.isEmpty()) {
      String source = text(details.get("source"));
      page.paragraph(
          2, Page.Ink.PLAIN, source.isEmpty() ? "not compared" : "not compared with " + source);
      return;
    }
    String commit = text(details.get("commit"));
    page.paragraph(
        2,
        Page.Ink.PLAIN,
        "against %s of %s%s: %s"
            .formatted(
                revision,
                text(details.get("source")),
                commit.isEmpty() ? "" : " (commit " + commit + ")",
                text(details.get("decided"))));
    page.paragraph(2, Page.Ink.PLAIN, counts() + coverage());
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    if (details.get("classes") instanceof Map<?, ?> classes) {
      classes.forEach((type, count) -> counts.add(text(count) + " " + text(type)));
    }
    return String.join(", ", counts);
  }

  private String coverage() {
    return details.get("coverage") instanceof Map<?, ?> coverage
        ? "; proved of all but metadata and machine code: %s of files, %s of bytes"
            .formatted(share(coverage.get("share-of-files")), share(coverage.get("share-of-bytes")))
        : "";
  }

  /** Never rounded up to all. */
  private static String share(@Nullable Object value) {
    double share = value instanceof Number number ? number.doubleValue() : 0;
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1000) / 10);
  }

  /** The differences of the files that differ. */
  void diffs(Page page) throws IOException {
    if (!(details.get("unexplained") instanceof Iterable<?> files)) {
      return;
    }
    int left = MOST_LINES;
    for (Object file : files) {
      if (file instanceof Map<?, ?> map && map.get("diff") instanceof List<?> diff && left > 0) {
        int shown = Math.min(Math.min(diff.size(), MOST_LINES_OF_A_FILE), left);
        left -= shown;
        for (Object line : diff.subList(0, shown)) {
          page.code(2, text(line));
        }
        if (shown < diff.size()) {
          page.paragraph(
              2,
              Page.Ink.FAINT,
              "… %d lines more; --format json has them".formatted(diff.size() - shown));
        }
        page.blank();
      }
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
