package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.code.Modules;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.SourceInspection;
import dev.gatehouse.inspection.code.Trait;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.record.HashAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of a target one by one: known hashes, code, archives inside. Sources are kept,
 * as far as there is room, so that what turns out to run sooner can be judged again.
 */
public final class ContentInspection {
  private final Collaborators collaborators;
  private final FileReader reader;
  private final RetainedFiles retained = new RetainedFiles();
  private final RetainedModules modules = new RetainedModules(retained);
  private final Map<String, Moment> moments = new HashMap<>();
  private final Map<String, Set<String>> outside = new TreeMap<>();
  private final Set<String> capable = new HashSet<>();
  private final Map<String, Set<Trait>> abilities = new TreeMap<>();
  private final Map<String, SourceInspection.Reading> code = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> nestedFiles = new ArrayList<>();
  private int depth;

  /** Packages call their own modules at import all the time; the outermost do so first. */
  private static final int MOST_TOGETHER = 24;

  private static final String SCRIPT = "script:";
  private static final String DATA = "data:";

  /** Computes these digests of every file. */
  public ContentInspection(Collaborators collaborators, Set<HashAlgorithm> algorithms) {
    this.collaborators = collaborators;
    this.reader = new FileReader(algorithms, collaborators.bufferedBytes());
  }

  /**
   * A file that was looked at.
   *
   * @param content where it was read whole
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Looked(InspectedFile file, byte @Nullable [] content) {}

  /**
   * Looks at a file.
   *
   * @param path as it is to be reported
   * @param moment when Python runs it, if it is Python
   * @param obeyed whether a {@code .pth} or a tool's file is obeyed where it lies
   * @throws IOException as the content does
   */
  public Looked file(
      String path, Moment moment, boolean obeyed, ArchiveEntry entry, InputStream content)
      throws IOException {
    FileReader.Read read = reader.read(path, obeyed, entry, content);
    InspectedFile file = read.file();
    byte[] sha256 = file.digests().get(HashAlgorithm.SHA256);
    if (sha256 != null) {
      findings.addAll(collaborators.known().file(path, Sha256.of(sha256)));
    }
    if (read.tooLarge()) {
      problems.add(
          new Problem(
              path,
              "Is larger than %d bytes, so that its content was not looked at"
                  .formatted(collaborators.bufferedBytes())));
    } else if (read.content() != null) {
      look(file, moment, read.content());
    } else if (file.role() == FileRole.DATA) {
      retained.passOver(path);
    }
    return new Looked(file, read.content());
  }

  private void look(InspectedFile file, Moment moment, byte[] content) {
    if (file.role() != FileRole.PYTHON) {
      retained.keepData(file.path(), content);
    }
    switch (file.role()) {
      case PYTHON -> python(file.path(), content, moment);
      case SCRIPT -> script(file.path(), content);
      case ARCHIVE -> nested(file.path(), content);
      case DATA -> {
        if (file.form() == FileForm.PYTHON_SCRIPT) {
          python(file.path(), content, Moment.CALL);
        } else if (file.form() == FileForm.OTHER_SCRIPT) {
          script(file.path(), content);
        }
      }
      case STARTUP, METADATA, BYTECODE, NATIVE -> {}
    }
  }

  private void python(String path, byte[] content, Moment moment) {
    retained.keep(path, content);
    judge(path, content, moment);
  }

  private void judge(String path, byte[] content, Moment moment) {
    SourceInspection.Reading reading = collaborators.source().python(path, content, moment);
    moments.put(path, moment);
    outside.remove(path);
    if (moment.isAutomatic() && !reading.outside().isEmpty()) {
      outside.put(path, reading.outside());
    }
    if (reading.isCapable()) {
      capable.add(path);
    }
    abilities.put(path, reading.abilities());
    note(path, reading);
  }

  private void note(String path, SourceInspection.Reading reading) {
    if (reading.findings().isEmpty() && reading.problems().isEmpty()) {
      code.remove(path);
    } else {
      code.put(path, reading);
    }
  }

  private void script(String path, byte[] content) {
    note(path, collaborators.source().script(path, content, Moment.CALL));
  }

  /**
   * Judges a source again, as run at another moment.
   *
   * @return its bytes; null where they were not kept
   */
  public byte @Nullable [] rejudge(String path, Moment moment) {
    byte[] content = retained.find(path);
    if (content != null) {
      judge(path, content, moment);
    }
    return content;
  }

  /**
   * Judges together what calls each other by itself, once all files were given: a payload in a
   * function of one module that another module calls.
   */
  public void judgeTogether() {
    outside.entrySet().stream()
        .filter(caller -> caller.getValue().stream().anyMatch(name -> leads(caller.getKey(), name)))
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparingInt(ContentInspection::depth).thenComparing(path -> path))
        .limit(MOST_TOGETHER)
        .forEach(this::judgeTogether);
  }

  private void judgeTogether(String path) {
    byte[] source = retained.find(path);
    Moment moment = moments.get(path);
    if (source != null && moment != null) {
      SourceInspection.Reading together =
          collaborators.source().python(path, source, moment, modules);
      SourceInspection.Reading alone = code.get(path);
      List<Finding> all = new ArrayList<>(alone == null ? List.of() : alone.findings());
      List<Problem> unread = new ArrayList<>(alone == null ? List.of() : alone.problems());
      for (Finding finding : together.findings()) {
        if (finding.blocking() && !all.contains(finding)) {
          all.add(finding);
        }
      }
      unread.addAll(together.problems());
      note(path, new SourceInspection.Reading(all, unread));
    }
  }

  /** Whether a name leads to a module that can do harm, or lies beside one. */
  private boolean leads(String caller, String name) {
    if (name.startsWith(DATA)) {
      String ending = name.substring(DATA.length());
      return modules.data(caller, ending).isPresent() || modules.isPassedOver(caller, ending);
    }
    if (name.startsWith(SCRIPT) && modules.isPassedOver(caller, name.substring(SCRIPT.length()))) {
      return true;
    }
    return (name.startsWith(SCRIPT)
            ? modules.script(name.substring(SCRIPT.length()))
            : modules.module(caller, name))
        .filter(module -> !module.path().equals(caller))
        .filter(
            module -> isNearHarm(module.path()) || FileRole.of(module.path()) != FileRole.PYTHON)
        .isPresent();
  }

  private boolean isNearHarm(String path) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return capable.contains(path)
        || (!folder.isEmpty() && capable.stream().anyMatch(other -> other.startsWith(folder)));
  }

  private static int depth(String path) {
    return (int) path.chars().filter(c -> c == '/').count();
  }

  /** The modules that were kept. */
  public Modules modules() {
    return modules;
  }

  /** The sources that were kept, by their paths. */
  Map<String, byte[]> sources() {
    return retained.all();
  }

  /** What each file of Python does, whoever calls it, by its path. */
  public Abilities abilities() {
    return new Abilities(abilities);
  }

  /** The paths of the files in which code was found fault with. */
  public Set<String> suspects() {
    return Set.copyOf(code.keySet());
  }

  /** Paths of the files in archives inside. */
  public List<String> nestedFiles() {
    return nestedFiles;
  }

  /** Adds what others found out. */
  public void add(Problem problem) {
    problems.add(problem);
  }

  /** All findings so far. */
  public List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    code.values().forEach(reading -> all.addAll(reading.findings()));
    return all;
  }

  /** All problems so far. */
  public List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems);
    code.values().forEach(reading -> all.addAll(reading.problems()));
    return all;
  }

  private void nested(String path, byte[] content) {
    depth++;
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.toLowerCase(Locale.ROOT).endsWith(".whl")) {
      nestedWheel(path, name, content);
    } else {
      collaborators
          .nested()
          .read(name, content, depth, (entry, in) -> nestedFile(path, entry, in))
          .ifPresent(reading -> add(path, reading));
    }
    depth--;
  }

  private void nestedFile(String archive, ArchiveEntry entry, InputStream in) throws IOException {
    if (entry.type() == ArchiveEntry.Type.FILE) {
      String path = archive + "!/" + entry.path();
      nestedFiles.add(path);
      file(path, Moments.of(path), false, entry, in);
    }
  }

  /** A wheel inside is there to be installed, as virtualenv's are: it is judged as any other. */
  private void nestedWheel(String path, String name, byte[] content) {
    SiteInspection site =
        new SiteInspection(SiteInspection.State.WHEEL, wheelName(name), collaborators);
    ArchiveReading reading =
        collaborators.nested().read(name, content, depth, site::file).orElse(null);
    if (reading != null) {
      add(path, reading);
      SiteResult result = site.finish();
      result.findings().forEach(finding -> findings.add(inside(path, finding)));
      result.problems().forEach(problem -> problems.add(inside(path, problem)));
    }
  }

  private static @Nullable WheelName wheelName(String name) {
    try {
      return WheelName.parse(name);
    } catch (MalformedException e) {
      return null;
    }
  }

  private void add(String path, ArchiveReading reading) {
    boolean importable = path.endsWith(".whl") || path.endsWith(".egg") || path.endsWith(".pyz");
    boolean counts = importable && Moments.of(path) == Moment.IMPORT;
    for (Finding finding : reading.findings()) {
      // Data for tests is broken on purpose; what Python imports from is not.
      boolean lower = !counts && finding.severity().isAtLeast(Severity.HIGH);
      findings.add(inside(path, lower ? finding.as(Severity.MEDIUM, false) : finding));
    }
    reading.problems().forEach(problem -> problems.add(inside(path, problem)));
  }

  private static Finding inside(String archive, Finding finding) {
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.blocking(),
        finding.path() == null ? archive : archive + "!/" + finding.path(),
        finding.line(),
        finding.message(),
        finding.evidence());
  }

  private static Problem inside(String archive, Problem problem) {
    return new Problem(
        problem.path() == null ? archive : archive + "!/" + problem.path(), problem.message());
  }
}
