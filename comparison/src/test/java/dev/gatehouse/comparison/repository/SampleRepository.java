package dev.gatehouse.comparison.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.BundleWriter;
import org.jspecify.annotations.Nullable;

/** A bare git repository that a test writes commit by commit; a commit is made of all files. */
public final class SampleRepository implements AutoCloseable {
  private final Path folder;
  private final Repository repository;
  private final Map<String, Entry> files = new LinkedHashMap<>();
  private Instant time = Instant.parse("2026-01-01T00:00:00Z");
  private @Nullable ObjectId tip;

  private static final class Entry {
    private final byte[] content;
    private final FileMode mode;
    private final @Nullable ObjectId commit;

    Entry(byte[] content, FileMode mode, @Nullable ObjectId commit) {
      this.content = content;
      this.mode = mode;
      this.commit = commit;
    }
  }

  private SampleRepository(Path folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  /** An empty one in this folder, whose branch is {@code main}. */
  public static SampleRepository create(Path folder) throws IOException {
    Repository repository =
        new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
    repository.create(true);
    repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
    return new SampleRepository(folder, repository);
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Puts a file into the next commit. */
  public SampleRepository file(String path, String text) {
    return file(path, text.getBytes(UTF_8));
  }

  /** Puts a file into the next commit. */
  public SampleRepository file(String path, byte[] content) {
    files.put(path, new Entry(content, FileMode.REGULAR_FILE, null));
    return this;
  }

  /** Puts a symbolic link into the next commit. */
  public SampleRepository link(String path, String target) {
    files.put(path, new Entry(target.getBytes(UTF_8), FileMode.SYMLINK, null));
    return this;
  }

  /** Puts a submodule into the next commit. */
  public SampleRepository submodule(String path) {
    ObjectId elsewhere = ObjectId.fromString("1234567890123456789012345678901234567890");
    files.put(path, new Entry(new byte[0], FileMode.GITLINK, elsewhere));
    return this;
  }

  /** Takes a file out of the next commit. */
  public SampleRepository without(String path) {
    if (files.remove(path) == null) {
      throw new IllegalArgumentException("there is no " + path);
    }
    return this;
  }

  /** Commits all files to {@code main}, a day after the last, and gives the commit's id. */
  public String commit() throws IOException {
    return commitTo(Constants.R_HEADS + "main");
  }

  /** Commits to any ref. */
  public String commitTo(String ref) throws IOException {
    time = time.plusSeconds(86_400);
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(inserter));
      if (tip != null) {
        commit.setParentId(tip);
      }
      PersonIdent nobody =
          new PersonIdent("Nobody", "nobody@example.invalid", time, ZoneOffset.UTC);
      commit.setAuthor(nobody);
      commit.setCommitter(nobody);
      commit.setMessage("A commit\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      if (ref.equals(Constants.R_HEADS + "main")) {
        tip = id;
      }
      update(ref, id);
      return id.name();
    }
  }

  /** Tags a commit whose tree is no tree. */
  public SampleRepository releaseGarbage(String tag) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(Constants.OBJ_TREE, "100644 a.py".getBytes(UTF_8)));
      PersonIdent nobody =
          new PersonIdent("Nobody", "nobody@example.invalid", time, ZoneOffset.UTC);
      commit.setAuthor(nobody);
      commit.setCommitter(nobody);
      commit.setMessage("No tree\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      update(Constants.R_TAGS + tag, id);
    }
    return this;
  }

  private ObjectId tree(ObjectInserter inserter) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (Map.Entry<String, Entry> file : new TreeMap<>(files).entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(file.getValue().mode);
      ObjectId commit = file.getValue().commit;
      entry.setObjectId(
          commit != null ? commit : inserter.insert(Constants.OBJ_BLOB, file.getValue().content));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  /** Commits to {@code main} and tags it. */
  public SampleRepository release(String tag) throws IOException {
    commit();
    return tag(tag);
  }

  /** Tags the last commit. */
  public SampleRepository tag(String tag) throws IOException {
    if (tip == null) {
      throw new IllegalStateException("nothing to tag");
    }
    update(Constants.R_TAGS + tag, tip);
    return this;
  }

  private void update(String ref, ObjectId id) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setNewObjectId(id);
    RefUpdate.Result result = update.forceUpdate();
    if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FORCED) {
      throw new IOException("could not write %s: %s".formatted(ref, result));
    }
  }

  /** Writes all branches and tags as a bundle. */
  public Path bundle(Path file) throws IOException {
    BundleWriter writer = new BundleWriter(repository);
    for (Ref ref : repository.getRefDatabase().getRefs()) {
      writer.include(ref.getName(), ref.getObjectId());
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      writer.writeBundle(NullProgressMonitor.INSTANCE, out);
    }
    return file;
  }

  /** Writes the files as they are now into a folder. */
  public Path writeTo(Path target) throws IOException {
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      Path path = target.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().content);
    }
    return target;
  }

  @Override
  public void close() {
    repository.close();
  }
}
