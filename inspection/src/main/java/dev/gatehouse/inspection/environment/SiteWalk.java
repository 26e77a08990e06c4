package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the files of a site directory as Python would come upon them: through links, too, but
 * through each folder once, and never out of the tree.
 */
final class SiteWalk {
  /** The largest known environments have some 300,000 files. */
  private static final int MOST_FILES = 2_000_000;

  /** A path of Linux has at most 4,096 bytes. */
  private static final int MOST_DEPTH = 128;

  private final FileTree tree;
  private final Visitor visitor;
  private final Consumer<Problem> problems;
  private final Set<String> entered = new HashSet<>();
  private final Deque<Step> steps = new ArrayDeque<>();

  /** Is told what lies there. */
  interface Visitor {
    /**
     * A file, or a link to one.
     *
     * @param sitePath relative to the site directory
     * @param file where its links lead
     * @param link null where it is no link
     */
    void file(String sitePath, TreeEntry file, @Nullable TreeEntry link);

    /** A link that leads nowhere, or to a folder that was walked. */
    void deadLink(String sitePath, TreeEntry link);
  }

  private record Step(String folder, String sitePath, int depth) {}

  SiteWalk(FileTree tree, Visitor visitor, Consumer<Problem> problems) {
    this.tree = tree;
    this.visitor = visitor;
    this.problems = problems;
  }

  void walk(String site) {
    // A link back to what the site directory lies in would make all of that a part of it.
    for (String above = site; !above.isEmpty(); above = PrefixLayout.parent(above)) {
      entered.add(above);
    }
    entered.add("");
    steps.add(new Step(site, "", 0));
    int files = 0;
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        for (TreeEntry entry : tree.list(step.folder())) {
          if (++files > MOST_FILES) {
            problems.accept(
                new Problem(
                    site, "Has more than %d files; not all were read".formatted(MOST_FILES)));
            return;
          }
          visit(step, entry);
        }
      } catch (IOException e) {
        problems.accept(Problems.unread(step.folder(), e));
      }
    }
  }

  private void visit(Step step, TreeEntry entry) {
    String sitePath = PrefixLayout.join(step.sitePath(), entry.name());
    switch (entry.type()) {
      case FILE -> visitor.file(sitePath, entry, null);
      case FOLDER -> enter(entry.path(), sitePath, step.depth() + 1);
      case LINK -> follow(entry, sitePath, step.depth() + 1);
      case OTHER -> {}
    }
  }

  private void enter(String folder, String sitePath, int depth) {
    if (depth > MOST_DEPTH) {
      problems.accept(new Problem(folder, "Lies too deep to be looked at"));
    } else if (entered.add(folder)) {
      steps.push(new Step(folder, sitePath, depth));
    }
  }

  private void follow(TreeEntry link, String sitePath, int depth) {
    try {
      Optional<TreeEntry> target = tree.follow(link.path());
      if (target.isPresent() && target.get().isFile()) {
        visitor.file(sitePath, target.get(), link);
      } else if (target.isPresent() && target.get().isFolder()) {
        enter(target.get().path(), sitePath, depth);
      } else {
        visitor.deadLink(sitePath, link);
      }
    } catch (IOException e) {
      problems.accept(Problems.unread(link.path(), e));
    }
  }
}
