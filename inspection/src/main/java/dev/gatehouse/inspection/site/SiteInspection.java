package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.startup.ExecutableLine;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.record.HashAlgorithm;
import dev.gatehouse.packaging.record.RecordRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one site directory whose files are pushed to it, each once and in any order. For one
 * directory; not for several threads.
 */
public final class SiteInspection {
  /** What a directory is. */
  public enum State {
    /** A wheel's content: paths as they stand in the archive, {@code .data} folders and all. */
    WHEEL,
    /**
     * An installed {@code site-packages}: rewritten scripts, bytecode and a missing RECORD are
     * legitimate there ("Recording installed projects"; Debian and conda write none).
     */
    INSTALLED
  }

  /** Metadata and start-up files together; more than this is held back for no good reason. */
  private static final long MOST_KEPT = 128L * 1024 * 1024;

  private final State state;
  private final @Nullable WheelName wheel;
  private final ContentInspection content;
  private final Collaborators collaborators;
  private final Set<HashAlgorithm> algorithms;
  private final Map<String, SiteFile> files = new LinkedHashMap<>();
  private final Map<String, byte[]> kept = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long keptBytes;

  /** Begins with a directory that has no file name, or none that tells anything. */
  public SiteInspection(State state, Collaborators collaborators) {
    this(state, null, collaborators);
  }

  /**
   * Begins with a wheel.
   *
   * @param wheel its file name, which its metadata is held against; null where it is no wheel's
   */
  public SiteInspection(State state, @Nullable WheelName wheel, Collaborators collaborators) {
    this(state, wheel, collaborators, Set.of(HashAlgorithm.SHA256));
  }

  /**
   * Begins with a wheel whose RECORD is known to use other algorithms.
   *
   * @param algorithms what is computed of every file
   */
  public SiteInspection(
      State state,
      @Nullable WheelName wheel,
      Collaborators collaborators,
      Set<HashAlgorithm> algorithms) {
    this.state = state;
    this.wheel = wheel;
    this.collaborators = collaborators;
    this.algorithms = algorithms;
    this.content = new ContentInspection(collaborators, algorithms);
  }

  /**
   * Takes a file or a link; folders are passed over.
   *
   * @param entry its path is relative to the site directory, or to the wheel's root
   * @throws IOException as the content does
   */
  public void file(ArchiveEntry entry, InputStream in) throws IOException {
    if (entry.type() == ArchiveEntry.Type.DIRECTORY) {
      return;
    }
    Placement placement =
        state == State.WHEEL
            ? Placement.ofWheel(entry.path())
            : new Placement(Placement.Scheme.SITE, entry.path());
    if (entry.type() != ArchiveEntry.Type.FILE) {
      link(entry, placement);
      return;
    }
    boolean obeyed = isObeyed(placement);
    ContentInspection.Looked looked =
        content.file(entry.path(), moment(placement), obeyed, entry, in);
    files.put(entry.path(), new SiteFile(looked.file(), placement));
    if (looked.content() != null && (obeyed || looked.file().role() == FileRole.METADATA)) {
      keep(placement, looked.file(), looked.content());
    }
    if (ToolFiles.isOne(entry.path())) {
      ToolFiles.judge(entry.path(), looked.content(), state == State.WHEEL)
          .ifPresent(findings::add);
    }
  }

  private void link(ArchiveEntry entry, Placement placement) {
    InspectedFile file =
        new InspectedFile(
            entry.path(),
            FileRole.of(entry.path()),
            FileForm.OTHER,
            -1,
            Map.of(),
            false,
            entry.linkTarget() == null ? "" : entry.linkTarget());
    files.put(entry.path(), new SiteFile(file, placement));
  }

  /** A startup file at the top of the site directory, or a tool's file. */
  private static boolean isObeyed(Placement placement) {
    String path = placement.path();
    boolean atTop = placement.isInSite() && path.indexOf('/') < 0;
    return (atTop && FileRole.of(path) == FileRole.STARTUP) || ToolFiles.isOne(path);
  }

  private static Moment moment(Placement placement) {
    return switch (placement.scheme()) {
      case SITE, SMUGGLED_SITE, UNKNOWN -> Moments.of(placement.path());
      case DATA, SCRIPTS, HEADERS -> Moment.CALL;
    };
  }

  private void keep(Placement placement, InspectedFile file, byte[] bytes) {
    boolean metadata = placement.isInSite() && isAtTopFolder(placement.path());
    boolean startup = file.role() == FileRole.STARTUP;
    if (!metadata && !startup) {
      return;
    }
    keptBytes += bytes.length;
    if (keptBytes > MOST_KEPT) {
      content.add(
          new Problem(file.path(), "Too much metadata to be held at once; this was not read"));
    } else {
      kept.put(startup ? file.path() : placement.path(), bytes);
    }
  }

  private static boolean isAtTopFolder(String path) {
    int slash = path.indexOf('/');
    return slash < 0 || path.indexOf('/', slash + 1) < 0;
  }

  /** Judges the whole, once all files were given. */
  public SiteResult finish() {
    Map<String, byte[]> metadata = new HashMap<>();
    Map<String, byte[]> startup = new LinkedHashMap<>();
    kept.forEach(
        (path, bytes) ->
            (FileRole.of(path) == FileRole.STARTUP ? startup : metadata).put(path, bytes));
    List<Distribution> distributions = DistributionReader.read(metadata, content::add);
    Site site = new Site(state, wheel, files, distributions);
    StartupJudge judge = new StartupJudge(site, content, collaborators.source(), findings);
    List<ExecutableLine> executable = judge.judge(startup);
    content.judgeTogether();
    for (SiteCheck check : checks(judge.pathFolders())) {
      check.check(site, findings::add);
    }
    List<InstalledDistribution> installed = installed(distributions);
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(content.findings());
    return new SiteResult(
        all,
        content.problems(),
        executable,
        installed,
        natives(),
        content.abilities(),
        unverified(distributions));
  }

  private List<String> natives() {
    return files.values().stream()
        .filter(file -> file.inspected().form().isNative())
        .map(SiteFile::path)
        .sorted()
        .toList();
  }

  private List<SiteCheck> checks(Set<String> pathFolders) {
    return List.of(
        new RecordCheck(),
        new MetadataCheck(),
        new PureCheck(),
        new SmuggledCheck(),
        new CustomizeCheck(pathFolders, content.nestedFiles()),
        new BytecodeCheck(),
        new NativeShadowCheck(),
        new ModuleShadowCheck(),
        new ScriptCheck(),
        new EntryPointCheck());
  }

  private List<InstalledDistribution> installed(List<Distribution> distributions) {
    List<InstalledDistribution> installed = new ArrayList<>();
    for (Distribution distribution : distributions) {
      if (distribution.metadata() != null) {
        String file = distribution.isDistInfo() ? "/METADATA" : "/PKG-INFO";
        boolean folder = kept.containsKey(distribution.folder() + file);
        String path = folder ? distribution.folder() + file : distribution.folder();
        var metadata = distribution.metadata();
        installed.add(new InstalledDistribution(metadata.name(), metadata.version(), path));
        findings.addAll(collaborators.known().version(path, metadata.name(), metadata.version()));
      }
    }
    return installed;
  }

  private Set<HashAlgorithm> unverified(List<Distribution> distributions) {
    Set<HashAlgorithm> used = EnumSet.noneOf(HashAlgorithm.class);
    for (Distribution distribution : distributions) {
      if (distribution.rows() != null) {
        distribution.rows().forEach(row -> algorithm(row, used));
      }
    }
    used.removeAll(algorithms);
    return used;
  }

  private static void algorithm(RecordRow row, Set<HashAlgorithm> used) {
    // Almost all rows are of the common kind, and there may be very many.
    if (!row.hash().startsWith("sha256=") && !row.hash().isEmpty()) {
      try {
        row.recordedHash().ifPresent(hash -> used.add(hash.algorithm()));
      } catch (MalformedException e) {
        // RecordCheck reports it.
        return;
      }
    }
  }
}
