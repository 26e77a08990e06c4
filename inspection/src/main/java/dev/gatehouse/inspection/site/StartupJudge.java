package dev.gatehouse.inspection.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.SourceInspection;
import dev.gatehouse.inspection.startup.ExecutableLine;
import dev.gatehouse.inspection.startup.ImportedModules;
import dev.gatehouse.inspection.startup.Ownership;
import dev.gatehouse.inspection.startup.PathLine;
import dev.gatehouse.inspection.startup.PthInspector;
import dev.gatehouse.inspection.startup.PthReading;
import dev.gatehouse.inspection.startup.StartInspector;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Judges the files that {@code site} obeys, and then the modules that they run: those were judged
 * as modules to be imported, before anything was known of a {@code .pth} that names them.
 */
final class StartupJudge {
  /** More modules than these would run at start-up only to hide one. */
  private static final int MOST_MODULES = 300;

  private final Site site;
  private final ContentInspection content;
  private final PthInspector pthInspector;
  private final StartInspector startInspector;
  private final List<Finding> findings;
  private final List<ExecutableLine> executable = new ArrayList<>();
  private final PathLines pathLines;
  private final Set<String> judged = new HashSet<>();

  StartupJudge(
      Site site, ContentInspection content, SourceInspection source, List<Finding> findings) {
    this.site = site;
    this.startInspector = new StartInspector(source, content.modules());
    this.content = content;
    this.pthInspector = new PthInspector(source, content.modules());
    this.findings = findings;
    this.pathLines = new PathLines(site);
  }

  /** Judges all, and tells every line that runs. */
  List<ExecutableLine> judge(Map<String, byte[]> startupFiles) {
    Deque<String> modules = new ArrayDeque<>();
    startupFiles.forEach((path, bytes) -> judge(path, bytes, modules));
    modules.add("sitecustomize");
    modules.add("usercustomize");
    for (SiteFile file : site.files()) {
      boolean atTop = file.placement().isInSite() && file.sitePath().indexOf('/') < 0;
      if (atTop && file.inspected().link() != null && PthInspector.isPathFile(file.sitePath())) {
        findings.add(
            StartupRules.PTH_PATH.at(
                file.path(),
                0,
                "Is a link, so that another file's lines run at every start of Python",
                file.inspected().link()));
      }
    }
    judgeModules(modules);
    judgeTests();
    return executable;
  }

  /** What lines put on the path, relative to the site directory. */
  Set<String> pathFolders() {
    return pathLines.inside();
  }

  private void judge(String path, byte[] bytes, Deque<String> modules) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".egg-link")) {
      String place = new String(bytes, UTF_8).strip();
      findings.add(StartupRules.EDITABLE.at(path, 1, "Points to an editable installation", place));
      return;
    }
    Ownership owned = site.ownership(path);
    PthReading reading =
        name.endsWith(".start")
            ? startInspector.inspect(path, bytes, owned)
            : pthInspector.inspect(path, bytes, owned);
    findings.addAll(reading.findings());
    reading.problems().forEach(content::add);
    executable.addAll(reading.executable());
    for (PathLine line : reading.places()) {
      pathLines.judge(line, owned.ownsFile()).ifPresent(findings::add);
    }
    boolean known = reading.executable().stream().allMatch(ExecutableLine::known);
    for (String module : reading.modules()) {
      if (known) {
        judgeModule(module);
      } else {
        modules.add(module);
      }
    }
  }

  /** Judges modules, and what they import from the same directory. */
  private void judgeModules(Deque<String> modules) {
    Set<String> seen = new HashSet<>();
    while (!modules.isEmpty() && judged.size() < MOST_MODULES) {
      String module = modules.poll();
      if (seen.add(module)) {
        for (Source source : judgeModule(module)) {
          String text = new String(source.content(), ISO_8859_1);
          for (String imported : ImportedModules.of(text)) {
            modules.add(absolute(source.path(), imported));
            // "from . import x" shows x alone.
            modules.add(absolute(source.path(), "." + imported));
          }
        }
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Source(String path, byte[] content) {}

  /** Judges what importing the module runs; what was judged before is not told again. */
  private List<Source> judgeModule(String dotted) {
    List<Source> sources = new ArrayList<>();
    for (SiteFile file : modules(dotted)) {
      if (judged.add(file.path())) {
        byte[] bytes = content.rejudge(file.path(), Moment.STARTUP);
        if (bytes != null) {
          sources.add(new Source(file.sitePath(), bytes));
        } else if (file.inspected().link() == null) {
          content.add(
              new Problem(
                  file.path(), "Runs at start-up, and there was no room to look at it as such"));
        }
      }
    }
    return sources;
  }

  /** Also where a line put a folder of the site directory on the path. */
  private List<SiteFile> modules(String dotted) {
    List<SiteFile> found = new ArrayList<>(site.modules(dotted));
    for (String folder : pathLines.inside()) {
      if (!folder.isEmpty()) {
        found.addAll(site.modules(folder.replace('/', '.') + "." + dotted));
      }
    }
    return found;
  }

  private static String absolute(String path, String imported) {
    if (!imported.startsWith(".")) {
      return imported;
    }
    int dots = 0;
    while (dots < imported.length() && imported.charAt(dots) == '.') {
      dots++;
    }
    String folder = path;
    for (int i = 0; i < dots; i++) {
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
    }
    String rest = imported.substring(dots);
    String base = folder.replace('/', '.');
    return base.isEmpty() ? rest : rest.isEmpty() ? base : base + "." + rest;
  }

  /**
   * A test or an example with something in it is judged as a module where another module names it:
   * its folder lowers a finding only where nothing runs it by itself.
   */
  private void judgeTests() {
    for (String path : content.suspects()) {
      SiteFile file = site.file(path);
      if (file != null
          && file.placement().isInSite()
          && !judged.contains(path)
          && file.inspected().role() == FileRole.PYTHON
          && Moments.of(file.sitePath()) == Moment.CALL
          && isNamedByAModule(file.sitePath())) {
        content.rejudge(path, Moment.IMPORT);
      }
    }
  }

  private boolean isNamedByAModule(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).replace(".py", "");
    if (name.equals("__init__")) {
      String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
      name = folder.substring(folder.lastIndexOf('/') + 1);
    }
    String module = name;
    return content.sources().entrySet().stream()
        .filter(source -> Moments.of(source.getKey()) == Moment.IMPORT)
        .anyMatch(source -> imports(source.getValue(), module));
  }

  private static boolean imports(byte[] source, String module) {
    String text = new String(source, ISO_8859_1);
    return text.contains(module)
        && text.lines().anyMatch(line -> line.contains("import") && line.contains(module));
  }
}
