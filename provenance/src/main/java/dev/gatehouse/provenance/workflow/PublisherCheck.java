package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.provenance.workflow.WorkflowFile.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells what in the workflows of a repository keeps it from token-free, attested publishing, and
 * what could leak the credentials that remain.
 */
public final class PublisherCheck {
  private final Set<String> trusting;

  /**
   * @param trusting addresses of private indexes that take trusted publishing, such as a Gatehouse;
   *     of others nobody is told to use it
   */
  public PublisherCheck(List<String> trusting) {
    this.trusting =
        trusting.stream()
            .map(IndexTarget::host)
            .filter(host -> !host.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The report of a repository: kind {@code publisher}; its details list the uploads, and the
   * secrets that they are given.
   *
   * @param target what the user named
   */
  public TargetReport check(String target, WorkflowFiles files) {
    Facts facts = new Facts();
    List<Upload> uploads = new ArrayList<>();
    GithubUploads finder = new GithubUploads(trusting);
    for (WorkflowFile file : files.of(Form.GITHUB_WORKFLOW)) {
      GithubCheck check = new GithubCheck(new GithubWorkflow(file, files), finder, facts);
      check.run();
      uploads.addAll(check.uploads());
    }
    GitlabCheck gitlab = new GitlabCheck(new GitlabPipeline(files), trusting, facts);
    gitlab.run();
    uploads.addAll(gitlab.uploads());
    return new TargetReport(
        target, Kind.PUBLISHER, null, facts.all(), files.problems(), details(files, uploads));
  }

  Set<String> trusting() {
    return trusting;
  }

  private static Map<String, Object> details(WorkflowFiles files, List<Upload> uploads) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("files", files.count());
    details.put(
        "uploads",
        uploads.stream()
            .map(
                upload -> {
                  Map<String, Object> each = new LinkedHashMap<>();
                  each.put("path", upload.path());
                  each.put("line", upload.line());
                  each.put("with", upload.tool().shown());
                  each.put("index", upload.index().shown());
                  each.put("secrets", upload.secrets());
                  return each;
                })
            .distinct()
            .toList());
    return details;
  }
}
