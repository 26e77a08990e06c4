package dev.gatehouse.inspection.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.Trait;
import dev.gatehouse.inspection.site.Collaborators;
import dev.gatehouse.inspection.site.ContentInspection;
import dev.gatehouse.inspection.site.FileRole;
import dev.gatehouse.inspection.site.Moments;
import dev.gatehouse.inspection.site.ToolFiles;
import dev.gatehouse.inspection.startup.ExecutableLine;
import dev.gatehouse.inspection.startup.ImportedModules;
import dev.gatehouse.inspection.startup.Ownership;
import dev.gatehouse.inspection.startup.PthInspector;
import dev.gatehouse.inspection.startup.PthReading;
import dev.gatehouse.inspection.startup.StartInspector;
import dev.gatehouse.inspection.startup.StartupRules;
import dev.gatehouse.packaging.record.HashAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the files of a source distribution, pushed one by one: what of it runs when it is built or
 * installed, and what it would install that runs at start-up.
 */
final class SourceTree {
  private static final int MOST_MODULES = 300;

  /** A {@code .pth} larger than this is a model's weights. The one of LiteLLM had 34,628 bytes. */
  private static final long MOST_PTH = 4L * 1024 * 1024;

  private final Collaborators collaborators;
  private final boolean isWrapped;
  private final ContentInspection content;
  private final Map<String, String> paths = new HashMap<>();
  private final Map<String, byte[]> startup = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<ExecutableLine> executable = new ArrayList<>();
  private byte @Nullable [] pyproject;
  private byte @Nullable [] metadata;
  private String metadataPath = "";

  /**
   * Begins.
   *
   * @param isWrapped whether all lies in one folder that is called as the sdist
   */
  SourceTree(Collaborators collaborators, boolean isWrapped) {
    this.collaborators = collaborators;
    this.isWrapped = isWrapped;
    this.content = new ContentInspection(collaborators, Set.of(HashAlgorithm.SHA256));
  }

  /** Takes a file. */
  void file(ArchiveEntry entry, InputStream in) throws IOException {
    if (entry.type() != ArchiveEntry.Type.FILE) {
      return;
    }
    String path = inner(entry.path());
    boolean obeyed =
        isStartup(entry, path)
            || path.equals("pyproject.toml")
            || path.equals("PKG-INFO")
            || ToolFiles.isOne(path);
    Moment moment = path.equals("setup.py") ? Moment.INSTALL : Moments.of(path);
    ContentInspection.Looked looked = content.file(entry.path(), moment, obeyed, entry, in);
    paths.put(path, entry.path());
    if (looked.content() != null) {
      keep(path, entry, looked.content());
    }
    if (ToolFiles.isOne(path)) {
      ToolFiles.judge(entry.path(), looked.content(), false).ifPresent(findings::add);
    }
  }

  private void keep(String path, ArchiveEntry entry, byte[] bytes) {
    if (path.equals("pyproject.toml")) {
      pyproject = bytes;
    } else if (path.equals("PKG-INFO")) {
      metadata = bytes;
      metadataPath = entry.path();
    } else if (isStartup(entry, path)) {
      startup.put(path, bytes);
    }
  }

  private static boolean isStartup(ArchiveEntry entry, String path) {
    return FileRole.of(path) == FileRole.STARTUP
        && entry.size() <= MOST_PTH
        && Moments.of(path) != Moment.CALL;
  }

  /** Without the folder that holds everything. */
  private String inner(String path) {
    return isWrapped ? path.substring(path.indexOf('/') + 1) : path;
  }

  byte @Nullable [] metadata() {
    return metadata;
  }

  String metadataPath() {
    return metadataPath;
  }

  List<ExecutableLine> executable() {
    return executable;
  }

  /** Judges the whole, once all files were given. */
  ContentInspection finish() {
    judgeSetup();
    judgeBackend();
    startup.forEach(this::judgeStartup);
    for (String folder : List.of("", "src/")) {
      for (String name : List.of("sitecustomize", "usercustomize")) {
        judgeCustomize(folder + name + ".py", name);
        judgeCustomize(folder + name + "/__init__.py", name);
      }
    }
    content.judgeTogether();
    return content;
  }

  List<Finding> findings() {
    return findings;
  }

  private void judgeSetup() {
    String path = paths.get("setup.py");
    if (path == null) {
      return;
    }
    byte[] source = content.rejudge(path, Moment.INSTALL);
    Finding finding =
        StartupRules.SETUP_CODE.in(path, "Runs when the sdist is built, which installing it does");
    findings.add(source == null ? finding : weighed(finding, source));
    if (source != null) {
      judgeModules(source, "", Moment.INSTALL);
    }
  }

  /** What the code does is judged on its own; here it only matters more when it does a lot. */
  private Finding weighed(Finding finding, byte[] source) {
    Set<Trait> traits = collaborators.source().traits(new String(source, ISO_8859_1));
    boolean network = traits.contains(Trait.NETWORK);
    boolean spawns = traits.contains(Trait.SPAWNS);
    boolean hides = traits.contains(Trait.DECODES) && traits.contains(Trait.EXECUTES);
    if (hides || (network && spawns)) {
      return finding.as(Severity.MEDIUM, false);
    }
    return network || spawns ? finding.as(Severity.LOW, false) : finding;
  }

  private void judgeBackend() {
    if (pyproject == null) {
      return;
    }
    BuildSystem build = BuildSystem.parse(pyproject);
    String path = paths.getOrDefault("pyproject.toml", "pyproject.toml");
    if (!build.backendPath().isEmpty()) {
      findings.add(
          StartupRules.BACKEND_PATH.at(
              path,
              build.line(),
              "The build backend lies in the sdist itself and runs when it is built",
              build.backend()));
    }
    for (String folder : build.backendPath()) {
      String inside = folder.equals(".") ? "" : folder.replace("./", "") + "/";
      String module = build.backend().split(":", 2)[0];
      judgeModules(("import " + module).getBytes(ISO_8859_1), inside, Moment.INSTALL);
      for (String own : find(module, inside)) {
        byte[] source = content.rejudge(paths.getOrDefault(own, own), Moment.INSTALL);
        Finding finding =
            StartupRules.BACKEND_PATH.in(
                paths.getOrDefault(own, own), "Runs when the sdist is built, as its build backend");
        findings.add(source == null ? finding : weighed(finding, source));
      }
    }
    for (String requirement : build.requires()) {
      if (requirement.contains("@") || requirement.toLowerCase(Locale.ROOT).contains("://")) {
        findings.add(
            StartupRules.BACKEND_PATH
                .at(
                    path,
                    build.line(),
                    "Building installs a package from an address first",
                    requirement)
                .as(Severity.MEDIUM, false));
      } else if (!BuildSystem.isCommon(requirement)) {
        findings.add(
            StartupRules.BACKEND_PATH
                .at(
                    path,
                    build.line(),
                    "Building installs and runs a package that is no common build tool",
                    requirement)
                .as(Severity.LOW, false));
      }
    }
  }

  private void judgeStartup(String path, byte[] bytes) {
    String reported = paths.getOrDefault(path, path);
    PthReading reading =
        path.toLowerCase(Locale.ROOT).endsWith(".start")
            ? new StartInspector(collaborators.source(), content.modules())
                .inspect(reported, bytes, owner())
            : PthInspector.isPathFile(path)
                ? new PthInspector(collaborators.source(), content.modules())
                    .inspect(reported, bytes, owner())
                : new PthReading(List.of(), List.of(), List.of(), List.of(), List.of());
    findings.addAll(reading.findings());
    reading.problems().forEach(content::add);
    executable.addAll(reading.executable());
    for (String module : reading.modules()) {
      judgeModules(("import " + module).getBytes(ISO_8859_1), "", Moment.STARTUP);
    }
  }

  /** An sdist has no RECORD: all of it is one distribution's. */
  private Ownership owner() {
    return new Ownership() {
      @Override
      public boolean ownsFile() {
        return true;
      }

      @Override
      public boolean ownsModule(String module) {
        return !find(module, "").isEmpty();
      }
    };
  }

  private void judgeCustomize(String path, String module) {
    if (paths.containsKey(path)) {
      findings.add(
          StartupRules.CUSTOMIZE
              .in(
                  paths.getOrDefault(path, path),
                  "Is imported at every start of Python once it is installed at the top")
              .as(Severity.HIGH, false));
      judgeModules(("import " + module).getBytes(ISO_8859_1), "", Moment.STARTUP);
    }
  }

  /** Judges again what a source imports from the tree, and what that imports. */
  private void judgeModules(byte[] source, String folder, Moment moment) {
    Deque<String> modules = new ArrayDeque<>(ImportedModules.of(new String(source, ISO_8859_1)));
    Set<String> seen = new HashSet<>();
    while (!modules.isEmpty() && seen.size() < MOST_MODULES) {
      String module = modules.poll();
      for (String path : find(module, folder)) {
        if (seen.add(path)) {
          byte[] bytes = content.rejudge(paths.getOrDefault(path, path), moment);
          if (bytes != null) {
            String parent = path.substring(0, path.lastIndexOf('/') + 1).replace('/', '.');
            for (String imported : ImportedModules.of(new String(bytes, ISO_8859_1))) {
              modules.add(imported);
              modules.add(parent + imported.replaceFirst("^\\.++", ""));
            }
          }
        }
      }
    }
  }

  /** The files that importing a module runs, at the top, in {@code src} or in the given folder. */
  private List<String> find(String module, String folder) {
    List<String> found = new ArrayList<>();
    for (String root : new LinkedHashSet<>(List.of("", "src/", folder))) {
      String path = root;
      for (String part : module.split("\\.", -1)) {
        path += part;
        for (String candidate : List.of(path + "/__init__.py", path + ".py")) {
          if (paths.containsKey(candidate)) {
            found.add(candidate);
          }
        }
        path += "/";
      }
    }
    return found;
  }
}
