package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.site.Collaborators;
import dev.gatehouse.inspection.site.IntegrityRules;
import dev.gatehouse.inspection.site.SiteInspection;
import dev.gatehouse.inspection.site.SiteResult;
import dev.gatehouse.inspection.startup.PthInspector;
import dev.gatehouse.inspection.startup.StartupRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One installed site directory: every file in it, and those outside that its RECORDs list. */
final class SiteSurvey implements Survey {
  /** The header of bytecode (PEP 552): all that can be judged of it without its RECORD. */
  private static final int BYTECODE_HEADER = 16;

  private final FileTree tree;
  private final String site;
  private final InstalledRecords records;
  private final SiteInspection.State state;
  private final Supplier<SiteInspection> inspections;
  private @Nullable SiteInspection started;
  private final List<SiteWant> wants = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Plans what is to be read.
   *
   * @param root of the environment: files that a RECORD lists outside of it are not looked at
   */
  SiteSurvey(FileTree tree, String site, String root, Supplier<Collaborators> collaborators) {
    this(tree, site, root, SiteInspection.State.INSTALLED, collaborators);
  }

  /**
   * Plans what is to be read of an installed directory, or of a wheel that was unpacked.
   *
   * @param state what it is
   */
  SiteSurvey(
      FileTree tree,
      String site,
      String root,
      SiteInspection.State state,
      Supplier<Collaborators> collaborators) {
    this.tree = tree;
    this.site = site;
    this.state = state;
    this.records = InstalledRecords.read(tree, site, problems::add);
    this.inspections =
        () -> new SiteInspection(state, null, collaborators.get(), records.algorithms());
    new SiteWalk(tree, new Visitor(), problems::add).walk(site);
    for (String path : records.outside()) {
      outside(path, root);
    }
    startFirst();
  }

  /** There may be very many surveys that wait for their files. */
  private SiteInspection inspection() {
    SiteInspection current = started;
    if (current == null) {
      current = inspections.get();
      started = current;
    }
    return current;
  }

  /**
   * Puts the packages first that start-up files name: the inspection keeps sources, as far as there
   * is room, to judge again what turns out to run at start-up.
   */
  private void startFirst() {
    Set<String> words = new StartupWords(tree, problems::add).of(site);
    wants.sort(Comparator.comparing(want -> !words.contains(want.top())));
  }

  /** A file to be read, and where it lies. */
  private record SiteWant(String top, Want want) {
    static SiteWant of(String sitePath, Want want) {
      int end = sitePath.indexOf('/');
      return new SiteWant(end < 0 ? sitePath : sitePath.substring(0, end), want);
    }
  }

  private final class Visitor implements SiteWalk.Visitor {
    @Override
    public void file(String sitePath, TreeEntry file, @Nullable TreeEntry link) {
      if (state == SiteInspection.State.WHEEL && sitePath.contains("__pycache__/")) {
        // Python writes it there where an environment has links to the cache.
        return;
      }
      wants.add(SiteWant.of(sitePath, new Want(file, content -> give(sitePath, file, content))));
      if (link != null && sitePath.indexOf('/') < 0 && PthInspector.isPathFile(sitePath)) {
        findings.add(
            StartupRules.PTH_PATH
                .at(
                    sitePath,
                    0,
                    "Is a link, so that another file's lines run at every start of Python",
                    String.valueOf(link.linkTarget()))
                .as(Severity.MEDIUM, false));
      }
    }

    @Override
    public void deadLink(String sitePath, TreeEntry link) {
      ArchiveEntry entry =
          new ArchiveEntry(sitePath, ArchiveEntry.Type.SYMBOLIC_LINK, 0, false, link.linkTarget());
      try {
        inspection().file(entry, InputStream.nullInputStream());
      } catch (IOException e) {
        problems.add(Problems.unread(link.path(), e));
      }
    }
  }

  private void outside(String recorded, String root) {
    String path = records.inTree(recorded);
    if (!TreePaths.isInside(root, path) || TreePaths.isInside(site, path)) {
      return;
    }
    try {
      Optional<TreeEntry> file = tree.follow(path);
      if (file.isPresent() && file.get().isFile()) {
        wants.add(
            SiteWant.of(
                recorded, new Want(file.get(), content -> give(recorded, file.get(), content))));
      }
    } catch (IOException e) {
      problems.add(Problems.unread(path, e));
    }
  }

  private void give(String sitePath, TreeEntry file, Content content) throws IOException {
    ArchiveEntry entry =
        new ArchiveEntry(sitePath, ArchiveEntry.Type.FILE, file.size(), file.isExecutable(), null);
    boolean cached = sitePath.endsWith(".pyc") && sitePath.contains("__pycache__/");
    if (cached && !records.vouchesForBytecode(sitePath)) {
      byte[] head = content.stream().readNBytes(BYTECODE_HEADER);
      inspection().file(entry, new ByteArrayInputStream(head));
    } else {
      inspection().file(entry, content.stream());
    }
  }

  @Override
  public List<Want> wants() {
    return wants.stream().map(SiteWant::want).toList();
  }

  @Override
  public void add(Problem problem) {
    problems.add(problem);
  }

  @Override
  public Outcome finish() {
    SiteResult result = inspection().finish();
    List<Finding> all = new ArrayList<>(findings);
    result.findings().forEach(finding -> all.add(adjusted(finding)));
    Outcome inside =
        new Outcome(all, result.problems(), result.executable(), result.distributions(), Map.of())
            .map(path -> TreePaths.resolve(site, path));
    return Outcome.merged(List.of(inside, Outcome.of(List.of(), problems)));
  }

  private Finding adjusted(Finding finding) {
    String path = finding.path();
    if (path == null || !finding.rule().equals(IntegrityRules.RECORD_MISMATCH)) {
      return finding;
    }
    // Debian strips native libraries, and leaves the RECORD as it was (dh_strip(1)).
    if (site.endsWith("lib/python3/dist-packages") && path.endsWith(".so")) {
      return finding.as(Severity.LOW, false);
    }
    // A script changes legitimately where a whole environment is moved, which is seldom done.
    boolean script =
        path.startsWith("../") && (path.contains("/bin/") || path.contains("/Scripts/"));
    return script && !finding.severity().isAtLeast(Severity.MEDIUM)
        ? finding.as(Severity.MEDIUM, false)
        : finding;
  }
}
