package dev.gatehouse.comparison.source;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Goes through commits, newest first, and looks at what each changed against its parents: folders
 * that did not change are never opened.
 */
final class HistorySearch {
  private final ObjectReader objects;
  private final Set<ObjectId> wanted;
  private final Effort effort;
  private final Map<BlobId, Sightings.Sighting> found = new HashMap<>();

  HistorySearch(ObjectReader objects, Set<ObjectId> wanted, Effort effort) {
    this.objects = objects;
    this.wanted = new HashSet<>(wanted);
    this.effort = effort;
  }

  /** Ends when all are found, when there are no more commits, or when it has cost enough. */
  Sightings through(RevWalk commits) throws IOException {
    int count = 0;
    try (TreeWalk trees = new TreeWalk(objects)) {
      for (RevCommit commit = commits.next(); commit != null; commit = commits.next()) {
        if (++count > effort.limits().commits() || (count % 64 == 0 && effort.isOver())) {
          return new Sightings(found, false);
        }
        look(trees, commits, commit);
        if (wanted.isEmpty()) {
          break;
        }
      }
    }
    return new Sightings(found, true);
  }

  private void look(TreeWalk trees, RevWalk commits, RevCommit commit) throws IOException {
    trees.reset();
    trees.setRecursive(true);
    trees.addTree(commit.getTree());
    for (RevCommit parent : commit.getParents()) {
      trees.addTree(commits.parseCommit(parent).getTree());
    }
    trees.setFilter(commit.getParentCount() == 0 ? TreeFilter.ALL : TreeFilter.ANY_DIFF);
    while (trees.next()) {
      ObjectId id = trees.getObjectId(0);
      if (wanted.remove(id)) {
        byte[] raw = new byte[20];
        id.copyRawTo(raw, 0);
        Instant time = Instant.ofEpochSecond(commit.getCommitTime());
        found.put(
            BlobId.ofDigest(raw),
            new Sightings.Sighting(
                new Revision(commit.abbreviate(12).name(), commit.name(), time),
                trees.getPathString()));
      }
    }
  }
}
