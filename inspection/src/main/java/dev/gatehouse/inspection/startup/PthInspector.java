package dev.gatehouse.inspection.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.code.Modules;
import dev.gatehouse.inspection.code.Moment;
import dev.gatehouse.inspection.code.SourceInspection;
import dev.gatehouse.inspection.code.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a {@code .pth} file that lies where {@code site} looks for such files. Lines that any
 * version of Python would run count, and the findings name the versions.
 */
public final class PthInspector {
  /** The longest legitimate file has five lines that run; more than this is there to hide one. */
  private static final int MOST_EXECUTABLE = 1_000;

  private final SourceInspection source;
  private final Modules code;

  /** Judges what lines do by {@code source}, together with the modules that they import. */
  public PthInspector(SourceInspection source, Modules code) {
    this.source = source;
    this.code = code;
  }

  /**
   * Judges a file.
   *
   * @param path as it is to be reported; its last part tells hidden names and {@code .PTH}
   * @param owned who vouches for it
   */
  public PthReading inspect(String path, byte[] content, Ownership owned) {
    return new Reading(path, owned).read(content);
  }

  /** Whether {@code site} may take the name for a path file's; other case never is one. */
  public static boolean isPathFile(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".pth");
  }

  private final class Reading {
    private final String path;
    private final Ownership owned;
    private final boolean hidden;
    private final boolean dormant;
    private final List<Finding> findings = new ArrayList<>();
    private final List<ExecutableLine> executable = new ArrayList<>();
    private final List<PathLine> places = new ArrayList<>();
    private final List<String> modules = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Reading(String path, Ownership owned) {
      this.path = path;
      this.owned = owned;
      String name = path.substring(path.lastIndexOf('/') + 1);
      this.hidden = name.startsWith(".");
      this.dormant = !name.endsWith(".pth");
    }

    PthReading read(byte[] content) {
      PthLines lines = PthLines.read(content);
      boolean strange = false;
      for (PthLine line : lines.lines()) {
        if (!line.executable()) {
          places.add(new PathLine(path, line.number(), line.text(), text(versions(line))));
        } else if (executable.size() < MOST_EXECUTABLE) {
          strange |= !isKnown(line);
        }
      }
      if (lines.isCut() || executable.size() >= MOST_EXECUTABLE) {
        findings.add(
            StartupRules.PTH_EXEC.in(
                path,
                "has more lines than any legitimate .pth file, so not all of them were read"));
      }
      if (!owned.ownsFile() && !dormant && !(executable.isEmpty() && places.isEmpty())) {
        findings.add(unowned(strange));
      }
      return new PthReading(findings, executable, places, modules, problems);
    }

    private Finding unowned(boolean strange) {
      Finding finding =
          StartupRules.PTH_UNOWNED.in(
              path,
              strange
                  ? "runs code at every start of Python, and no RECORD lists it: no uninstall removes it"
                  : "is obeyed at every start of Python, and no RECORD lists it");
      return strange ? finding : finding.as(Severity.LOW, false);
    }

    /** Judges an executable line; whether it is of a known shape. */
    private boolean isKnown(PthLine line) {
      Set<SitePython> versions = versions(line);
      KnownLine known = KnownLine.find(line.text()).orElse(null);
      boolean vouched = known != null && owned.ownsFile() && owned.ownsModule(known.module());
      boolean trusted = vouched && !hidden && line.isReadByAll();
      String shape = known == null ? "" : known.shape();
      executable.add(
          new ExecutableLine(path, line.number(), line.text(), trusted, shape, text(versions)));
      modules.addAll(ImportedModules.of(line.text()));
      // A template is harmless as far as the function is that it calls.
      if (known != null && trusted && !startsAnything(line)) {
        findings.add(known(line, known));
      } else {
        judge(line, known, versions);
      }
      return known != null;
    }

    private boolean startsAnything(PthLine line) {
      Set<Trait> traits = source.traits(line.text(), code);
      return traits.contains(Trait.SPAWNS) || traits.contains(Trait.NETWORK);
    }

    private void judge(PthLine line, @Nullable KnownLine known, Set<SitePython> versions) {
      if (hidden || !line.isReadByAll()) {
        add(StartupRules.PTH_EVASION.at(path, line.number(), evasion(versions), line.text()));
      }
      String deeds = Deeds.of(source.traits(line.text(), code));
      if (!deeds.isEmpty()) {
        String message =
            "At every start of Python (%s) this line %s".formatted(text(versions), deeds);
        add(StartupRules.PTH_EXEC.at(path, line.number(), message, line.text()));
      } else if (known == null || owned.ownsFile()) {
        String message = imports(known, versions);
        add(StartupRules.PTH_IMPORT.at(path, line.number(), message, line.text()));
      }
      SourceInspection.Reading reading =
          source.python(path, line.text().getBytes(UTF_8), Moment.STARTUP, code);
      reading.findings().forEach(finding -> add(at(line.number(), finding)));
      problems.addAll(reading.problems());
    }

    private Finding known(PthLine line, KnownLine known) {
      String message =
          "Runs at every start of Python: the line that %s writes, and its module belongs to the same distribution"
              .formatted(known.editable() ? "an editable installation" : known.shape());
      return (known.editable() ? StartupRules.EDITABLE : StartupRules.PTH_KNOWN)
          .at(path, line.number(), message, line.text());
    }

    private String imports(@Nullable KnownLine known, Set<SitePython> versions) {
      String start = "Runs at every start of Python (%s)".formatted(text(versions));
      if (known == null) {
        return start + " and is none of the lines that build tools write";
      }
      return "%s and looks like %s, but the module that it loads belongs to another distribution or to none"
          .formatted(start, known.shape());
    }

    private String evasion(Set<SitePython> versions) {
      return hidden
          ? "Runs at every start of Python before the patches of January 2024 only, since the file's name is hidden"
          : "Runs at every start of Python %s, but is no code to other versions: it hides from whoever reads it by their rules"
              .formatted(text(versions));
    }

    /** A file named {@code .PTH} is obeyed by no Python: told, for disks that do not tell case. */
    private void add(Finding finding) {
      boolean grave = finding.severity().isAtLeast(Severity.HIGH);
      findings.add(dormant && grave ? finding.as(Severity.MEDIUM, false) : finding);
    }

    private Set<SitePython> versions(PthLine line) {
      Set<SitePython> versions = EnumSet.copyOf(line.versions());
      if (hidden) {
        versions.retainAll(EnumSet.of(SitePython.UP_TO_3_12));
      }
      if (owned.hasStartFile() && line.executable()) {
        versions.remove(SitePython.FROM_3_15);
      }
      if (dormant) {
        versions.clear();
      }
      return versions;
    }
  }

  private static String text(Set<SitePython> versions) {
    return SitePython.text(versions);
  }

  private static Finding at(int line, Finding finding) {
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.blocking(),
        finding.path(),
        line,
        finding.message(),
        finding.evidence());
  }
}
