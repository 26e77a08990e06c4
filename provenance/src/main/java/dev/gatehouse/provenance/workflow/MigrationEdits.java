package dev.gatehouse.provenance.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a migration changes in each file, and what it leaves to a person. */
final class MigrationEdits {
  private final Map<String, TextEdits> files = new LinkedHashMap<>();
  private final List<String> left = new ArrayList<>();

  /** The edits of a file. */
  TextEdits of(WorkflowFile file) {
    return files.computeIfAbsent(file.path(), _ -> new TextEdits(file.text()));
  }

  /** By path, in the order in which they were begun. */
  Map<String, TextEdits> files() {
    return files;
  }

  /** Says what a person has to do. */
  void leave(String sentence) {
    left.add(sentence);
  }

  /** Says what a person has to do about a job. */
  void leave(GithubWorkflow workflow, GithubJob job, int line, String why) {
    leave("%s:%d the job %s: %s".formatted(workflow.path(), line, job.name(), why));
  }

  /** All that was said. */
  List<String> left() {
    return List.copyOf(left);
  }
}
