package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Printable;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.YamlException;
import dev.gatehouse.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * A file that was read.
 *
 * @param path inside the repository, with slashes
 * @param lines of the text
 * @param root its mapping
 * @param aliases whether any of it stands for what is written in another place
 */
record WorkflowFile(
    String path, Form form, String text, List<String> lines, Yaml.Mapping root, boolean aliases) {
  static final String GITLAB = ".gitlab-ci.yml";

  /** What it is for. */
  enum Form {
    GITHUB_WORKFLOW,
    GITHUB_ACTION,
    GITLAB_PIPELINE
  }

  /**
   * Reads it.
   *
   * @throws YamlException where it cannot be read, or is nothing of its form
   */
  static WorkflowFile of(String path, Form form, byte[] bytes) throws YamlException {
    return of(path, form, YamlReader.text(bytes));
  }

  static WorkflowFile of(String path, Form form, String text) throws YamlException {
    YamlReader.Content content = YamlReader.read(path, text);
    List<Yaml> documents = content.documents();
    if (documents.isEmpty()) {
      throw new YamlException("it is empty");
    }
    // GitLab allows a header of inputs (spec:) before the pipeline.
    boolean headed =
        form == Form.GITLAB_PIPELINE
            && documents.size() == 2
            && documents.getFirst() instanceof Yaml.Mapping header
            && header.get("spec").isPresent();
    if (documents.size() > 1 && !headed) {
      throw new YamlException(
          "line %d: a second document, and a workflow has one".formatted(documents.get(1).line()));
    }
    if (!(documents.getLast() instanceof Yaml.Mapping root)) {
      throw new YamlException("it is no workflow: it has no keys");
    }
    Optional<String> missing = missing(form, root);
    if (missing.isPresent()) {
      throw new YamlException("it is no workflow: " + Printable.of(missing.get(), 200));
    }
    return new WorkflowFile(
        path, form, text, List.of(text.split("\r\n|\r|\n", -1)), root, content.aliases());
  }

  private static Optional<String> missing(Form form, Yaml.Mapping root) {
    return switch (form) {
      case GITHUB_WORKFLOW ->
          root.get("on").isEmpty()
              ? Optional.of("it does not say when it runs (on)")
              : jobs(root) ? Optional.empty() : Optional.of("it has no jobs");
      case GITHUB_ACTION ->
          root.get("runs").filter(Yaml.Mapping.class::isInstance).isPresent()
              ? Optional.empty()
              : Optional.of("it is no action, it does not say how it runs (runs)");
      case GITLAB_PIPELINE -> Optional.empty();
    };
  }

  private static boolean jobs(Yaml.Mapping root) {
    Yaml.Mapping jobs = root.mapping("jobs");
    return !jobs.entries().isEmpty()
        && jobs.entries().stream().allMatch(entry -> entry.value() instanceof Yaml.Mapping);
  }
}
