package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Problem;
import java.util.ArrayList;
import java.util.List;

/** Several surveys as one. */
final class CombinedSurvey implements Survey {
  private final List<Survey> surveys;
  private final List<Problem> problems = new ArrayList<>();

  CombinedSurvey(List<? extends Survey> surveys) {
    this.surveys = List.copyOf(surveys);
  }

  @Override
  public List<Want> wants() {
    return surveys.stream().flatMap(survey -> survey.wants().stream()).toList();
  }

  @Override
  public void add(Problem problem) {
    problems.add(problem);
  }

  @Override
  public Outcome finish() {
    List<Outcome> outcomes = new ArrayList<>(surveys.stream().map(Survey::finish).toList());
    outcomes.add(Outcome.of(List.of(), problems));
    return Outcome.merged(outcomes);
  }
}
