package dev.gatehouse.comparison;

import dev.gatehouse.comparison.match.FileClass;
import dev.gatehouse.comparison.match.FileResult;
import dev.gatehouse.comparison.match.MetadataDifference;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.site.FileRole;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says as findings what the matching came to. */
final class Differences {
  private static final int MOST_NAMED = 5;
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");
  private static final Set<String> STARTUP_MODULES = Set.of("sitecustomize.py", "usercustomize.py");

  private final List<Finding> inspected;
  private final List<Finding> findings = new ArrayList<>();

  /** With what the inspection says of the whole artifact. */
  Differences(List<Finding> inspected) {
    this.inspected = inspected;
  }

  List<Finding> of(List<FileResult> files, List<MetadataDifference> metadata) {
    files.forEach(this::add);
    metadata.forEach(difference -> findings.add(finding(difference)));
    addUnverified(files);
    addMissing(files);
    for (Finding finding : inspected) {
      if (isOnUnexplained(finding, files)) {
        findings.add(finding);
      }
    }
    return findings;
  }

  private void add(FileResult file) {
    switch (file.type()) {
      case ADDED -> findings.add(added(file));
      case MODIFIED -> findings.add(modified(file));
      case MOVED -> findings.add(moved(file));
      case SETTINGS -> findings.add(firstChange(ComparisonRules.BUILD_SETTINGS, file));
      case OTHER_COMMIT ->
          findings.add(ComparisonRules.OTHER_COMMIT.in(file.path(), sentence(file)));
      case NATIVE, BUILT, MISSING -> {
        // Told together.
      }
      case IDENTICAL, GENERATED, METADATA, NOT_COMPARED -> {
        // Nothing to tell, or a problem already.
      }
    }
  }

  private static String sentence(FileResult file) {
    String reason = file.reason();
    String start = reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1);
    return file.counterpart() == null || file.counterpart().equals(file.path())
        ? start
        : start + ": " + file.counterpart();
  }

  private Finding added(FileResult file) {
    if (isStartup(file.path())) {
      return startup(file);
    }
    Rule rule = isCode(file.path()) ? ComparisonRules.ADDED_CODE : ComparisonRules.ADDED_DATA;
    return rule.in(file.path(), sentence(file));
  }

  private Finding modified(FileResult file) {
    if (isStartup(file.path())) {
      return startup(file);
    }
    Rule rule = isCode(file.path()) ? ComparisonRules.MODIFIED_CODE : ComparisonRules.MODIFIED_DATA;
    return firstChange(rule, file);
  }

  private static Finding firstChange(Rule rule, FileResult file) {
    int line = 0;
    for (String text : file.diff()) {
      Matcher hunk = HUNK.matcher(text);
      if (hunk.matches()) {
        line = Integer.parseInt(hunk.group(1));
      } else if (line > 0 && text.startsWith("+") && text.length() > 1) {
        return rule.at(file.path(), line, sentence(file), text.substring(1));
      } else if (line > 0 && !text.startsWith("-")) {
        line++;
      }
    }
    return rule.in(file.path(), sentence(file));
  }

  /** What the build makes of a namespace package is known by its whole line, and does no harm. */
  private Finding startup(FileResult file) {
    Finding finding = ComparisonRules.STARTUP_FILE.in(file.path(), sentence(file));
    List<Finding> said =
        inspected.stream().filter(other -> file.path().equals(other.path())).toList();
    boolean known =
        said.stream().anyMatch(other -> other.rule().equals(StartupRules.PTH_KNOWN))
            && said.stream().allMatch(other -> other.severity() == Severity.INFO);
    return known ? finding.as(Severity.MEDIUM, false) : finding;
  }

  private static Finding moved(FileResult file) {
    if (isStartup(file.path())) {
      return ComparisonRules.STARTUP_FILE.in(file.path(), sentence(file));
    }
    Finding finding = ComparisonRules.MOVED.in(file.path(), sentence(file));
    return isCode(file.path()) ? finding : finding.as(Severity.LOW, false);
  }

  private static boolean isStartup(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return FileRole.of(path) == FileRole.STARTUP || STARTUP_MODULES.contains(name);
  }

  /** A script of a wheel has any name, and is installed among the commands. */
  private static boolean isCode(String path) {
    return FileRole.of(path).isCode() || path.contains(".data/scripts/");
  }

  private static Finding finding(MetadataDifference difference) {
    Rule rule =
        switch (difference.kind()) {
          case ENTRY_POINT -> ComparisonRules.ENTRY_POINT;
          case DEPENDENCY -> ComparisonRules.DEPENDENCY;
          case RECORD -> ComparisonRules.RECORD;
          case FIELD -> ComparisonRules.METADATA;
        };
    return rule.at(
        difference.path(), difference.line(), difference.message(), difference.evidence());
  }

  private void addUnverified(List<FileResult> files) {
    for (FileClass type : List.of(FileClass.NATIVE, FileClass.BUILT)) {
      List<FileResult> some = files.stream().filter(file -> file.type() == type).toList();
      if (!some.isEmpty()) {
        findings.add(
            ComparisonRules.UNVERIFIED.onTarget(
                "%s %s: %s"
                    .formatted(
                        counted(some),
                        type == FileClass.NATIVE
                            ? "of machine code, not held against the source"
                            : "that a tool made, not held against the source",
                        named(some))));
      }
    }
  }

  private void addMissing(List<FileResult> files) {
    List<FileResult> missing =
        files.stream().filter(file -> file.type() == FileClass.MISSING).toList();
    if (!missing.isEmpty()) {
      findings.add(
          ComparisonRules.MISSING.onTarget(
              "%s of its folders in the source, not in it: %s"
                  .formatted(counted(missing), named(missing))));
    }
  }

  private static String counted(List<FileResult> files) {
    return files.size() == 1 ? "1 file" : files.size() + " files";
  }

  private static String named(List<FileResult> files) {
    List<String> names = files.stream().limit(MOST_NAMED).map(FileResult::path).toList();
    return String.join(", ", names) + (files.size() > MOST_NAMED ? ", …" : "");
  }

  private static boolean isOnUnexplained(Finding finding, List<FileResult> files) {
    String path = finding.path();
    return path != null
        && files.stream()
            .filter(file -> Coverage.isUnexplained(file.type()))
            .anyMatch(file -> path.equals(file.path()) || path.startsWith(file.path() + "!/"));
  }
}
