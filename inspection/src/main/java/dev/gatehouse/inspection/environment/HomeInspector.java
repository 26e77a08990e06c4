package dev.gatehouse.inspection.environment;

import dev.gatehouse.advisories.KnownBad;
import dev.gatehouse.advisories.PersistencePath;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.knownbad.KnownBadInspector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Inspects what surrounds the environments: profile files that decide how every Python of a user
 * starts, where packages come from, and what incidents leave behind. May be used by several
 * threads.
 */
public final class HomeInspector {
  private final KnownBad known;

  public HomeInspector(KnownBad known) {
    this.known = known;
  }

  /**
   * Inspects a home folder.
   *
   * @param home in the tree
   */
  public TargetReport home(String target, String home, FileTree tree) {
    return new SurveyReader(tree)
        .read(homeSurvey(home, tree))
        .map(path -> TreePaths.relative(home, path))
        .report(target, Kind.DIRECTORY);
  }

  /**
   * Inspects what concerns all users of a machine.
   *
   * @param variables of the session that asks
   */
  public TargetReport machine(String target, FileTree tree, Map<String, String> variables) {
    Outcome files = new SurveyReader(tree).read(rootSurvey(tree));
    List<Finding> findings = new ArrayList<>(files.findings());
    findings.addAll(PythonVariables.session(variables));
    return Outcome.of(findings, files.problems()).report(target, Kind.DIRECTORY);
  }

  Survey homeSurvey(String home, FileTree tree) {
    FileJudge files = new FileJudge(tree);
    ProfileFiles.planHome(files, home);
    persistence(files, PersistencePath.Base.HOME, home);
    return files;
  }

  Survey rootSurvey(FileTree tree) {
    FileJudge files = new FileJudge(tree);
    ProfileFiles.planRoot(files);
    persistence(files, PersistencePath.Base.ROOT, "");
    return files;
  }

  private void persistence(FileJudge files, PersistencePath.Base base, String folder) {
    KnownBadInspector inspector = new KnownBadInspector(known);
    for (PersistencePath place : known.persistence()) {
      if (place.base() == base) {
        String path = PrefixLayout.join(folder, place.path());
        if (files.find(path).isPresent()) {
          files.add(inspector.persistence(path, place));
        }
      }
    }
  }
}
