package dev.gatehouse.comparison.source;

import dev.gatehouse.findings.Printable;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TransportBundleStream;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A git repository, read through its object database alone. What JGit throws at objects that are
 * none, an index out of bounds for example, is one more way to be unreadable.
 */
final class GitSource implements Source {
  /** What its owners have, as opposed to what anybody may propose. */
  private static final List<String> OWN_REFS =
      List.of(Constants.R_HEADS, Constants.R_TAGS, Constants.R_REMOTES);

  private final String name;
  private final Set<String> movedTags;
  private final Repository repository;
  private final ObjectReader objects;
  private final Effort effort;
  private final @Nullable ObjectId head;
  private final @Nullable Path temporary;

  private GitSource(
      String name,
      Set<String> movedTags,
      Repository repository,
      Effort effort,
      @Nullable ObjectId head,
      @Nullable Path temporary) {
    this.name = name;
    this.movedTags = movedTags;
    this.repository = repository;
    this.objects = repository.newObjectReader();
    this.effort = effort;
    this.head = head;
    this.temporary = temporary;
  }

  static GitSource repository(Path path, String name, Set<String> movedTags, Effort effort)
      throws SourceException {
    OwnSettings.install();
    try {
      File folder = RepositoryCache.FileKey.resolve(path.toFile(), FS.DETECTED);
      FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
      builder = folder == null ? builder.setWorkTree(path.toFile()) : builder.setGitDir(folder);
      Repository repository = builder.build();
      requireSha1(path, repository);
      return new GitSource(name, movedTags, repository, effort, repository.resolve("HEAD"), null);
    } catch (SourceException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw unreadable(path, e);
    }
  }

  /** JGit 7.8 knows no other ids, and would take the first half of one for a whole. */
  private static void requireSha1(Path path, Repository repository) throws SourceException {
    String format = repository.getConfig().getString("extensions", null, "objectformat");
    if (format != null && !format.equalsIgnoreCase("sha1")) {
      repository.close();
      throw new SourceException(
          "Could not read the git repository %s: its objects are named by %s, and only SHA-1 is read. A folder with its files can be compared instead."
              .formatted(Printable.of(path.toString(), 300), Printable.of(format, 20)));
    }
  }

  /** Unpacks the bundle's objects into a temporary folder, which is gone once it is closed. */
  static GitSource bundle(Path path, Effort effort) throws SourceException {
    OwnSettings.install();
    Path folder = null;
    try {
      long size = Files.size(path);
      if (size > effort.limits().bundleBytes()) {
        throw new SourceException(
            "Could not read the bundle %s: it has %d bytes, more than the %d that are read."
                .formatted(
                    Printable.of(path.toString(), 300), size, effort.limits().bundleBytes()));
      }
      folder = Files.createTempDirectory("gatehouse-bundle");
      Repository repository =
          new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
      repository.create(true);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path));
          TransportBundleStream transport =
              new TransportBundleStream(repository, new URIish("in-memory://bundle"), in)) {
        FetchResult fetched = transport.fetch(new Deadline(effort), specs());
        Ref advertised = fetched.getAdvertisedRef(Constants.HEAD);
        ObjectId head = advertised == null ? null : advertised.getObjectId();
        return new GitSource(path.toString(), Set.of(), repository, effort, head, folder);
      }
    } catch (SourceException e) {
      delete(folder);
      throw e;
    } catch (IOException | java.net.URISyntaxException | IllegalArgumentException e) {
      delete(folder);
      effort.checkTime(path.toString());
      throw unreadable(path, e);
    }
  }

  private static List<RefSpec> specs() {
    return List.of(
        new RefSpec("+refs/heads/*:refs/heads/*"),
        new RefSpec("+refs/tags/*:refs/tags/*"),
        new RefSpec("+refs/remotes/*:refs/remotes/*"),
        new RefSpec("+HEAD:refs/gatehouse/head"));
  }

  private static SourceException unreadable(Path path, Exception cause) {
    String why =
        switch (cause) {
          case NotSupportedException _ -> "it is of a kind that is not supported";
          case TransportException e -> String.valueOf(e.getMessage());
          default -> String.valueOf(cause.getMessage());
        };
    return new SourceException(
        "Could not read the git repository %s: %s."
            .formatted(Printable.of(path.toString(), 300), Printable.of(why, 300)),
        cause);
  }

  private SourceException unreadable(String what, Exception cause) {
    String why =
        cause instanceof MissingObjectException
            ? "an object is missing, as in a clone that is shallow or has a filter; fetch the rest"
            : String.valueOf(cause.getMessage());
    return new SourceException(
        "Could not read %s of %s: %s."
            .formatted(Printable.of(what, 200), Printable.of(name, 300), Printable.of(why, 300)),
        cause);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> movedTags() {
    return movedTags;
  }

  @Override
  public boolean hasHistory() {
    return true;
  }

  @Override
  public List<Revision> tags() throws SourceException {
    return revisions(Constants.R_TAGS);
  }

  @Override
  public List<Revision> branches() throws SourceException {
    List<Revision> all = new ArrayList<>(revisions(Constants.R_HEADS));
    all.addAll(revisions(Constants.R_REMOTES));
    return all;
  }

  private List<Revision> revisions(String prefix) throws SourceException {
    List<Revision> found = new ArrayList<>();
    try (RevWalk walk = new RevWalk(objects)) {
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
        effort.checkTime(name());
        commit(walk, ref.getObjectId())
            .ifPresent(
                commit -> found.add(revision(ref.getName().substring(prefix.length()), commit)));
      }
    } catch (SourceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable("the tags and branches", e);
    }
    return found;
  }

  /** A tag may stand for a file or a tree: such a one leads nowhere. */
  private static Optional<RevCommit> commit(RevWalk walk, @Nullable ObjectId id)
      throws IOException {
    if (id == null) {
      return Optional.empty();
    }
    try {
      RevObject object = walk.peel(walk.parseAny(id));
      return object instanceof RevCommit commit
          ? Optional.of(walk.parseCommit(commit))
          : Optional.empty();
    } catch (MissingObjectException | IncorrectObjectTypeException _) {
      return Optional.empty();
    }
  }

  private static Revision revision(String name, RevCommit commit) {
    return new Revision(name, commit.name(), Instant.ofEpochSecond(commit.getCommitTime()));
  }

  @Override
  public Optional<Revision> head() throws SourceException {
    try (RevWalk walk = new RevWalk(objects)) {
      return commit(walk, head).map(commit -> revision("HEAD", commit));
    } catch (IOException | RuntimeException e) {
      throw unreadable("HEAD", e);
    }
  }

  @Override
  public Optional<Revision> find(String ref) throws SourceException {
    try (RevWalk walk = new RevWalk(objects)) {
      return commit(walk, repository.resolve(ref)).map(commit -> revision(ref, commit));
    } catch (IOException | RuntimeException e) {
      throw unreadable("the ref " + ref, e);
    }
  }

  @Override
  public Tree tree(Revision revision) throws SourceException {
    List<TreeFile> files = new ArrayList<>();
    byte[] raw = new byte[Constants.OBJECT_ID_LENGTH];
    try (RevWalk walk = new RevWalk(objects);
        TreeWalk trees = new TreeWalk(objects)) {
      trees.addTree(walk.parseCommit(ObjectId.fromString(commitOf(revision))).getTree());
      trees.setRecursive(true);
      while (trees.next()) {
        trees.getObjectId(0).copyRawTo(raw, 0);
        files.add(new TreeFile(trees.getPathString(), BlobId.ofDigest(raw), mode(trees)));
        effort.checkEntries(files.size(), revision.name());
        if (files.size() % 4096 == 0) {
          effort.checkTime(revision.name());
        }
      }
    } catch (SourceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable(revision.name(), e);
    }
    return new Tree(files);
  }

  private static String commitOf(Revision revision) {
    if (revision.commit() == null) {
      throw new IllegalArgumentException("no revision of a repository: " + revision.name());
    }
    return revision.commit();
  }

  private static TreeFile.Mode mode(TreeWalk trees) {
    FileMode mode = trees.getFileMode(0);
    if (mode.equals(FileMode.TYPE_GITLINK)) {
      return TreeFile.Mode.SUBMODULE;
    }
    if (mode.equals(FileMode.TYPE_SYMLINK)) {
      return TreeFile.Mode.LINK;
    }
    return FileMode.EXECUTABLE_FILE.equals(mode) ? TreeFile.Mode.EXECUTABLE : TreeFile.Mode.FILE;
  }

  @Override
  public byte[] read(BlobId id) throws SourceException {
    effort.checkTime(name());
    try {
      ObjectLoader loader = objects.open(objectId(id), Constants.OBJ_BLOB);
      effort.checkSize(loader.getSize(), "the file " + id);
      return loader.getBytes((int) effort.limits().objectBytes() + 1);
    } catch (SourceException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable("the file " + id, e);
    }
  }

  private static ObjectId objectId(BlobId id) {
    return ObjectId.fromRaw(id.bytes());
  }

  /**
   * What the object database does not have at all is not in the history, which spares the walk for
   * nearly all; what it does have need not be reachable, so the walk decides.
   */
  @Override
  public Sightings search(Set<BlobId> ids) throws SourceException {
    Set<ObjectId> wanted = new HashSet<>();
    try {
      for (BlobId id : ids) {
        if (objects.has(objectId(id))) {
          wanted.add(objectId(id));
        }
      }
      if (wanted.isEmpty()) {
        return new Sightings(Map.of(), true);
      }
      try (RevWalk walk = new RevWalk(objects)) {
        for (Ref ref : ownRefs()) {
          Optional<RevCommit> commit = commit(walk, ref.getObjectId());
          if (commit.isPresent()) {
            walk.markStart(commit.get());
          }
        }
        if (head != null) {
          walk.markStart(walk.parseCommit(head));
        }
        return new HistorySearch(objects, wanted, effort).through(walk);
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable("the history", e);
    }
  }

  private List<Ref> ownRefs() throws IOException {
    List<Ref> own = new ArrayList<>();
    for (String prefix : OWN_REFS) {
      own.addAll(repository.getRefDatabase().getRefsByPrefix(prefix));
    }
    return own;
  }

  @Override
  public void close() {
    objects.close();
    repository.close();
    delete(temporary);
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException _) {
      // A temporary folder of ours: the system clears it away.
    }
  }

  /** Ends an unpacking whose time is up. */
  private static final class Deadline extends EmptyProgressMonitor {
    private final Effort effort;

    Deadline(Effort effort) {
      this.effort = effort;
    }

    @Override
    public boolean isCancelled() {
      return effort.isOver();
    }
  }
}
