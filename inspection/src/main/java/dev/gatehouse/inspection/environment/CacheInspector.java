package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.site.Collaborators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Inspects the artifacts in the caches of pip, uv and Poetry. They outlive an uninstall: of LiteLLM
 * 1.82.8, the next installation would have taken the same wheel again. May be used by several
 * threads.
 */
public final class CacheInspector {
  private final ArtifactInspection artifacts;
  private final Supplier<Collaborators> collaborators;
  private final EnvironmentInspector environments;

  /**
   * Prepares for any number of caches.
   *
   * @param artifacts judges wheels and sdists in them
   * @param collaborators of one unpacked wheel each
   */
  public CacheInspector(ArtifactInspection artifacts, Supplier<Collaborators> collaborators) {
    this.artifacts = artifacts;
    this.collaborators = collaborators;
    this.environments = new EnvironmentInspector(collaborators);
  }

  /** The caches of a user that are there. */
  public static List<Cache> find(FileTree tree, SearchPlaces places) {
    return CacheSearch.find(tree, places);
  }

  /** Inspects one. What cannot be read is a problem of the report. */
  public TargetReport inspect(String target, Cache cache, FileTree tree) {
    CachePlan plan = plan(cache, tree);
    SurveyReader reader = new SurveyReader(tree);
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(Outcome.of(List.of(), plan.problems()));
    int looked = 0;
    for (Survey survey : plan.surveys()) {
      Outcome outcome = reader.read(survey);
      looked += isArtifact(survey, outcome) ? 1 : 0;
      outcomes.add(outcome);
    }
    Outcome all = advised(Outcome.merged(outcomes), cache);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("cache", cache.kind().text());
    details.put("artifacts", looked);
    details.put("files", plan.files());
    details.put(
        "note", "a cache outlives an uninstall; this empties it: " + cache.kind().cleaning());
    return new Outcome(
            all.findings(), all.problems(), all.executable(), all.distributions(), details)
        .map(path -> TreePaths.relative(cache.path(), path))
        .report(target, Kind.DIRECTORY);
  }

  CachePlan plan(Cache cache, FileTree tree) {
    return new CachePlan(tree, cache, artifacts, environments, collaborators);
  }

  private static boolean isArtifact(Survey survey, Outcome outcome) {
    return !(survey instanceof ArtifactSurvey)
        || outcome.details().containsKey(ArtifactSurvey.ARTIFACT);
  }

  /** Says with what is grave how it is got rid of. */
  static Outcome advised(Outcome outcome, Cache cache) {
    List<Finding> findings =
        outcome.findings().stream()
            .map(
                finding ->
                    finding.severity().isAtLeast(Severity.HIGH) ? advised(finding, cache) : finding)
            .toList();
    return new Outcome(
        findings,
        outcome.problems(),
        outcome.executable(),
        outcome.distributions(),
        outcome.details());
  }

  private static Finding advised(Finding finding, Cache cache) {
    return new Finding(
        finding.rule(),
        finding.severity(),
        finding.blocking(),
        finding.path(),
        finding.line(),
        "%s; it lies in the cache of %s, which outlives an uninstall: %s"
            .formatted(finding.message(), cache.kind().text(), cache.kind().cleaning()),
        finding.evidence());
  }
}
