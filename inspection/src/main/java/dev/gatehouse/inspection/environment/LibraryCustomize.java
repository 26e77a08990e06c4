package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.SourceInspection;
import dev.gatehouse.inspection.code.Trait;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Plans and judges {@code sitecustomize} and {@code usercustomize} in the folder of the standard
 * library, which no package owns: Debian and Homebrew put one there.
 */
final class LibraryCustomize {
  private static final Set<String> NAMES = Set.of("sitecustomize", "usercustomize");
  private static final Set<String> SUFFIXES = Set.of("py", "pyc", "so", "pyd", "pyw");

  private static final String HOOK = "apport_python_hook";

  /** What Debian's says, comments and blank lines aside. */
  private static final List<String> DEBIAN =
      List.of(
          "try:",
          "import apport_python_hook",
          "except ImportError:",
          "pass",
          "else:",
          "apport_python_hook.install()");

  private final FileJudge files;
  private final SourceInspection source;

  private LibraryCustomize(FileJudge files, SourceInspection source) {
    this.files = files;
    this.source = source;
  }

  static void plan(FileJudge files, Environment environment, SourceInspection source) {
    LibraryCustomize customize = new LibraryCustomize(files, source);
    String root = environment.root();
    for (String name : List.of("lib", "lib64")) {
      for (TreeEntry entry : files.list(PrefixLayout.join(root, name))) {
        if (entry.isFolder() && PrefixLayout.version(entry.name()) != null) {
          customize.planLibrary(entry.path());
        }
      }
    }
    customize.planLibrary(PrefixLayout.join(root, "Lib"));
    environment.sites().forEach(customize::planHook);
  }

  /**
   * The module that Debian's file imports, and that Debian itself does not have: whoever puts one
   * where Python looks has it run at every start, in every environment made from that Python.
   */
  private void planHook(String site) {
    boolean ubuntu = site.equals("usr/lib/python3/dist-packages");
    for (TreeEntry entry : files.list(site)) {
      String name = entry.name();
      if (name.equals(HOOK) || name.startsWith(HOOK + ".")) {
        Finding finding =
            StartupRules.CUSTOMIZE.in(
                entry.path(),
                "Is imported at every start of a Python of Debian or Ubuntu, whose sitecustomize asks for it");
        files.add(finding.as(ubuntu ? Severity.INFO : Severity.HIGH, false));
      }
    }
  }

  private void planLibrary(String library) {
    if (files.find(library + "/os.py").isEmpty()) {
      return;
    }
    for (String name : NAMES) {
      files.plan(library + "/" + name + ".py", this::judge);
      files.plan(library + "/" + name + "/__init__.py", this::judge);
    }
    for (TreeEntry entry : files.list(library)) {
      String entryName = entry.name();
      int dot = entryName.indexOf('.');
      boolean customize = dot > 0 && NAMES.contains(entryName.substring(0, dot));
      String suffix = entryName.substring(entryName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      if (customize && !suffix.equals("py") && SUFFIXES.contains(suffix)) {
        files.add(
            StartupRules.CUSTOMIZE
                .in(
                    entry.path(),
                    "Is imported at every start of this Python, and there is no source of it")
                .as(Severity.HIGH, false));
      }
    }
  }

  private List<Finding> judge(String path, byte[] content) {
    List<String> code = code(content);
    if (code.isEmpty() || code.equals(DEBIAN)) {
      return List.of(
          StartupRules.CUSTOMIZE
              .in(
                  path,
                  "Is imported at every start of this Python; it is the one that Debian ships")
              .as(Severity.INFO, false));
    }
    List<Finding> findings =
        new ArrayList<>(files.take(source.python(path, content, Moment.STARTUP)));
    boolean grave =
        source.traits(new String(content, UTF_8)).stream()
            .anyMatch(Set.of(Trait.DECODES, Trait.EXECUTES, Trait.SPAWNS, Trait.NETWORK)::contains);
    // Homebrew's sets paths and nothing else.
    findings.add(
        StartupRules.CUSTOMIZE
            .in(path, "Is imported at every start of this Python, and no package owns it")
            .as(grave ? Severity.HIGH : Severity.MEDIUM, false));
    return findings;
  }

  /** The lines, without comments, blank lines and indentation. */
  private static List<String> code(byte[] content) {
    return new String(content, UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
