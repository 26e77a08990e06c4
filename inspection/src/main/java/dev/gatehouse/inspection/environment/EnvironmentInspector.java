package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.code.SourceInspection;
import dev.gatehouse.inspection.site.Collaborators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Inspects an installed environment: all that its site directories hold, whether it is still what
 * its RECORDs list, and the configuration of its interpreter. May be used by several threads, one
 * environment each.
 */
public final class EnvironmentInspector {
  private final Supplier<Collaborators> collaborators;

  /**
   * Prepares for any number of environments.
   *
   * @param collaborators of one site directory each, with limits of its own
   */
  public EnvironmentInspector(Supplier<Collaborators> collaborators) {
    this.collaborators = collaborators;
  }

  /**
   * Inspects one. What cannot be read is a problem of the report.
   *
   * @param target as the user named it or as it was come upon
   */
  public TargetReport inspect(String target, Environment environment, FileTree tree) {
    Outcome outcome = new SurveyReader(tree).read(survey(environment, tree));
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("kind", environment.kind().text());
    if (environment.version() != null) {
      details.put("python", environment.version());
    }
    details.putAll(outcome.installed());
    Outcome described =
        new Outcome(
            outcome.findings(),
            outcome.problems(),
            outcome.executable(),
            outcome.distributions(),
            details);
    return described
        .map(path -> TreePaths.relative(environment.root(), path))
        .report(target, Kind.ENVIRONMENT);
  }

  /** What is to be read of one. */
  Survey survey(Environment environment, FileTree tree) {
    List<Survey> surveys = new ArrayList<>();
    for (String site : environment.sites()) {
      surveys.add(new SiteSurvey(tree, site, environment.root(), collaborators));
    }
    FileJudge files = new FileJudge(tree);
    InterpreterConfiguration.plan(files, environment);
    SourceInspection source = collaborators.get().source();
    ActivationScripts.plan(files, environment, source);
    LibraryCustomize.plan(files, environment, source);
    surveys.add(files);
    return new CombinedSurvey(surveys);
  }
}
