package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Walks the folders below one, links excepted, as far down and as many as it is told. */
final class FolderWalk {
  /** They hold no environment that anybody starts, and may be very large. */
  private static final Set<String> ASIDE =
      Set.of(
          "node_modules",
          ".git",
          ".hg",
          ".svn",
          "__pycache__",
          "site-packages",
          "dist-packages",
          ".mypy_cache",
          ".pytest_cache",
          ".ruff_cache",
          ".gradle",
          ".m2",
          ".cargo");

  private static final Set<String> KERNEL = Set.of("proc", "sys", "dev");

  private final FileTree tree;
  private final Consumer<Problem> problems;

  FolderWalk(FileTree tree, Consumer<Problem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  /** Tells of each folder; whether to go on below it. */
  @FunctionalInterface
  interface Visitor {
    boolean enter(TreeEntry folder) throws IOException;
  }

  private record Step(TreeEntry folder, int depth) {}

  /** Walks breadth first, so that a limit cuts off what lies deep; no folder, no steps. */
  void walk(String start, int mostDepth, int mostFolders, Visitor visitor) {
    Deque<Step> steps = new ArrayDeque<>();
    try {
      Optional<TreeEntry> folder = tree.follow(start);
      folder.filter(TreeEntry::isFolder).ifPresent(entry -> steps.add(new Step(entry, 0)));
    } catch (IOException e) {
      problems.accept(Problems.unread(start, e));
    }
    int count = 0;
    while (!steps.isEmpty()) {
      Step step = steps.poll();
      if (++count > mostFolders) {
        problems.accept(
            new Problem(
                start.isEmpty() ? "/" : start,
                "Has more than %d folders, so that not all were searched for environments; name those that matter"
                    .formatted(mostFolders)));
        return;
      }
      for (TreeEntry folder : enter(step, visitor)) {
        if (step.depth() < mostDepth) {
          steps.add(new Step(folder, step.depth() + 1));
        }
      }
    }
  }

  private List<TreeEntry> enter(Step step, Visitor visitor) {
    String path = step.folder().path();
    List<TreeEntry> below = new ArrayList<>();
    try {
      if (visitor.enter(step.folder())) {
        for (TreeEntry entry : tree.list(path)) {
          boolean kernel = path.isEmpty() && isOfKernel(entry.name());
          if (entry.isFolder() && !kernel && !ASIDE.contains(entry.name())) {
            below.add(entry);
          }
        }
      }
    } catch (IOException e) {
      problems.accept(Problems.unread(path, e));
    }
    return below;
  }

  /** Whether a folder of that name in the root shows the kernel's own files. */
  static boolean isOfKernel(String name) {
    return KERNEL.contains(name);
  }
}
