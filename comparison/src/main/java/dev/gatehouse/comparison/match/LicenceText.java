package dev.gatehouse.comparison.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.Tree;
import dev.gatehouse.comparison.source.TreeFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A text that is made of the source's licences, one after another, with headings between them. */
final class LicenceText {
  private static final int MOST_FILES = 200;
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_HEADING_LINES = 12;
  private static final int LONGEST_HEADING = 200;

  private final Source source;
  private final Tree tree;
  private @Nullable List<String> licences;

  LicenceText(Source source, Tree tree) {
    this.source = source;
    this.tree = tree;
  }

  boolean proves(byte[] content) throws SourceException {
    if (content.length > MOST_BYTES || !Texts.isText(content)) {
      return false;
    }
    String rest = plain(content);
    int pieces = 0;
    for (String licence : licences()) {
      int at = rest.indexOf(licence);
      if (at >= 0) {
        rest = rest.substring(0, at) + "\n" + rest.substring(at + licence.length());
        pieces++;
      }
    }
    List<String> headings = rest.lines().filter(line -> !line.isBlank()).toList();
    return pieces > 0
        && headings.size() <= pieces * MOST_HEADING_LINES
        && headings.stream().allMatch(line -> line.length() <= LONGEST_HEADING)
        && rest.strip().length() * 2 < content.length;
  }

  /** Longest first, since one may be a part of another. */
  private List<String> licences() throws SourceException {
    if (licences == null) {
      List<String> found = new ArrayList<>();
      List<TreeFile> named =
          tree.files().stream()
              .filter(file -> file.mode() == TreeFile.Mode.FILE && isNamed(file.path()))
              .limit(MOST_FILES)
              .toList();
      long sum = 0;
      for (TreeFile file : named) {
        byte[] content = source.read(file.id());
        sum += content.length;
        String text = plain(content);
        if (text.length() > 100 && sum <= MOST_BYTES) {
          found.add(text);
        }
      }
      found.sort(Comparator.comparingInt(String::length).reversed());
      licences = found;
    }
    return licences;
  }

  private static boolean isNamed(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);
    return name.startsWith("LICEN")
        || name.startsWith("COPYING")
        || name.startsWith("NOTICE")
        || name.startsWith("AUTHORS");
  }

  private static String plain(byte[] content) {
    return new String(Texts.withoutCarriageReturns(content), UTF_8).strip();
  }
}
