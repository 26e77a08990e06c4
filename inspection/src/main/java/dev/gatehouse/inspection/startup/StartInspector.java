package dev.gatehouse.inspection.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.code.Modules;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.SourceInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges a {@code .start} file (PEP 829): lines of {@code package.module:callable}, each imported
 * and called at every start of Python 3.15 and later. None of 966 popular wheels ships one;
 * editable installations of scikit-build-core and meson-python do.
 */
public final class StartInspector {
  private static final int MOST_ENTRIES = 1_000;
  private static final Set<SitePython> VERSIONS = Set.of(SitePython.FROM_3_15);

  private final SourceInspection source;
  private final Modules code;

  /** Judges what entries do by {@code source}, together with the modules that they name. */
  public StartInspector(SourceInspection source, Modules code) {
    this.source = source;
    this.code = code;
  }

  /**
   * Judges a file.
   *
   * @param path as it is to be reported
   * @param owned who vouches for it
   */
  public PthReading inspect(String path, byte[] content, Ownership owned) {
    List<Finding> findings = new ArrayList<>();
    List<ExecutableLine> executable = new ArrayList<>();
    List<String> modules = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    String versions = SitePython.text(VERSIONS);
    String text = SiteText.decode(content);
    int number = 0;
    for (String line : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\\R", -1)) {
      number++;
      String entry = line.strip();
      if (entry.isEmpty() || entry.startsWith("#") || executable.size() >= MOST_ENTRIES) {
        continue;
      }
      KnownLine known = KnownLine.findEntry(entry).orElse(null);
      boolean trusted = known != null && owned.ownsFile() && owned.ownsModule(known.module());
      String shape = known == null ? "" : known.shape();
      executable.add(new ExecutableLine(path, number, entry, trusted, shape, versions));
      modules.add(module(entry));
      findings.add(finding(path, number, entry, trusted, versions));
      SourceInspection.Reading reading =
          source.python(path, call(entry).getBytes(UTF_8), Moment.STARTUP, code);
      findings.addAll(reading.findings());
      problems.addAll(reading.problems());
    }
    if (executable.isEmpty()) {
      findings.add(
          StartupRules.START_ENTRY
              .in(
                  path,
                  "Calls nothing, and by that switches off the import lines of the .pth file of the"
                      + " same name, whoever it belongs to")
              .as(Severity.MEDIUM, false));
    }
    return new PthReading(findings, executable, List.of(), modules, problems);
  }

  private static Finding finding(
      String path, int number, String entry, boolean trusted, String versions) {
    String message =
        "Python %s imports the module and calls this at every start".formatted(versions);
    return (trusted ? StartupRules.EDITABLE : StartupRules.START_ENTRY)
        .at(path, number, message, entry);
  }

  /** What Python does with an entry, as code. */
  private static String call(String entry) {
    int colon = entry.indexOf(':');
    String module = module(entry);
    return colon < 0
        ? "import " + module
        : "import %s\n%s.%s()".formatted(module, module, entry.substring(colon + 1).strip());
  }

  private static String module(String entry) {
    int colon = entry.indexOf(':');
    return (colon < 0 ? entry : entry.substring(0, colon)).strip();
  }
}
