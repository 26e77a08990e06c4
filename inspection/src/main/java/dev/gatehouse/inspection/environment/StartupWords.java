package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.findings.Problem;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The words of the files that {@code site} obeys: among them the modules that run at start-up. */
final class StartupWords {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_WORDS = 10_000;

  private final FileTree tree;
  private final Consumer<Problem> problems;

  StartupWords(FileTree tree, Consumer<Problem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  Set<String> of(String site) {
    Set<String> words = new HashSet<>();
    try {
      for (TreeEntry entry : tree.list(site)) {
        if (isObeyed(entry.name())) {
          words.add(entry.name());
          read(entry.path(), words);
        }
      }
    } catch (IOException e) {
      // Whoever walks the folder comes upon it again, and says so.
      return words;
    }
    return words;
  }

  static boolean isObeyed(String name) {
    return name.endsWith(".pth")
        || name.endsWith(".start")
        || name.equals("sitecustomize.py")
        || name.equals("usercustomize.py");
  }

  private void read(String path, Set<String> words) {
    try {
      byte[] content = new SmallFiles(tree).read(path, SmallFiles.RECORD).orElse(new byte[0]);
      String text = new String(content, 0, Math.min(content.length, MOST_BYTES), ISO_8859_1);
      int start = 0;
      for (int at = 0; at <= text.length() && words.size() < MOST_WORDS; at++) {
        boolean inWord = at < text.length() && Character.isJavaIdentifierPart(text.charAt(at));
        if (!inWord) {
          if (at > start && at - start < 100) {
            words.add(text.substring(start, at));
            words.add(text.substring(start, at) + ".py");
          }
          start = at + 1;
        }
      }
    } catch (IOException e) {
      problems.accept(Problems.unread(path, e));
    }
  }
}
