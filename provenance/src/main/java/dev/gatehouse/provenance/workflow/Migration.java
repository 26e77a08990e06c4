package dev.gatehouse.provenance.workflow;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.provenance.workflow.WorkflowFile.Form;
import dev.gatehouse.yaml.YamlException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to change in the workflows of a repository so that they publish by their own identity,
 * in a job of its own.
 *
 * @param changed the new texts of files, by their paths inside the repository
 * @param patch unified, with {@code a/} and {@code b/}; empty where nothing changes
 * @param left what a person has to do, and why
 * @param unpinned what has no digest, with the reason
 * @param publishers what the forms of the indexes ask for
 * @param secrets that no changed file names any more: needless after the first release that worked
 * @param after the report on the changed files
 */
public record Migration(
    Map<String, String> changed,
    String patch,
    List<String> left,
    List<String> unpinned,
    List<PublishedBy> publishers,
    List<String> secrets,
    TargetReport after) {
  private static final int CONTEXT = 3;

  /** Takes copies. */
  public Migration {
    changed = Map.copyOf(changed);
    left = List.copyOf(left);
    unpinned = List.copyOf(unpinned);
    publishers = List.copyOf(publishers);
    secrets = List.copyOf(secrets);
  }

  /**
   * Works it out; nothing is written.
   *
   * @param target as reports name the repository
   */
  public static Migration of(
      String target, WorkflowFiles files, PublisherCheck check, Digests digests) {
    Pins pins = new Pins(digests);
    Set<String> secrets = new LinkedHashSet<>();
    MigrationEdits edits = new MigrationEdits();
    GithubUploads finder = new GithubUploads(check.trusting());
    for (WorkflowFile file : files.of(Form.GITHUB_WORKFLOW)) {
      GithubMigration migration =
          new GithubMigration(new GithubWorkflow(file, files), finder, pins, edits);
      migration.run();
      secrets.addAll(migration.secrets());
    }
    GitlabMigration gitlab =
        new GitlabMigration(new GitlabPipeline(files), check.trusting(), pins, edits);
    gitlab.run();
    secrets.addAll(gitlab.secrets());

    Map<String, String> changed = new LinkedHashMap<>();
    StringBuilder patch = new StringBuilder();
    edits
        .files()
        .forEach(
            (path, edit) -> {
              String before = files.at(path).orElseThrow().text();
              String now = edit.result();
              if (!now.equals(before)) {
                changed.put(path, now);
                patch.append(diff(path, before, now));
              }
            });
    WorkflowFiles next = next(files, changed);
    // A user's name goes with the password.
    secrets.addAll(named(files));
    secrets.removeIf(secret -> named(next).contains(secret));
    return new Migration(
        changed,
        patch.toString(),
        edits.left(),
        pins.missing(),
        publishers(next, check),
        List.copyOf(secrets),
        check.check(target, next));
  }

  private static Set<String> named(WorkflowFiles files) {
    Set<String> names = new LinkedHashSet<>();
    for (WorkflowFile file : files.of(Form.GITHUB_WORKFLOW)) {
      file.root().scalars().forEach(text -> names.addAll(Credential.secrets(text.text())));
    }
    return names;
  }

  private static WorkflowFiles next(WorkflowFiles files, Map<String, String> changed) {
    try {
      return files.with(changed);
    } catch (YamlException e) {
      // What we wrote is ours to get right, whatever it was made of.
      throw new IllegalStateException("the edited workflow is no workflow: " + e.getMessage(), e);
    }
  }

  private static String diff(String path, String before, String now) {
    List<String> old = lines(before);
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            "a/" + path, "b/" + path, old, DiffUtils.diff(old, lines(now)), CONTEXT);
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      // A last line without an end of its own is marked as diff does.
      boolean cut = line.endsWith(NO_END);
      text.append(cut ? line.substring(0, line.length() - 1) : line).append('\n');
      if (cut) {
        text.append("\\ No newline at end of file\n");
      }
    }
    return text.toString();
  }

  /** No file has it: it is no character (Unicode, noncharacters). */
  private static final String NO_END = "\uffff";

  /** A carriage return belongs to its line. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    } else {
      lines.set(lines.size() - 1, lines.getLast() + NO_END);
    }
    return lines;
  }

  private static List<PublishedBy> publishers(WorkflowFiles files, PublisherCheck check) {
    Set<PublishedBy> publishers = new LinkedHashSet<>();
    GithubUploads finder = new GithubUploads(check.trusting());
    for (WorkflowFile file : files.of(Form.GITHUB_WORKFLOW)) {
      for (GithubJob job : new GithubWorkflow(file, files).jobs()) {
        for (GithubUploads.Found found : finder.of(job)) {
          if (found.upload().index().trusts() && !found.upload().byToken()) {
            publishers.add(
                new PublishedBy(
                    found.upload().index().shown(),
                    "GitHub",
                    file.path().substring(file.path().lastIndexOf('/') + 1),
                    job.environment()));
          }
        }
      }
    }
    GitlabPipeline pipeline = new GitlabPipeline(files);
    for (GitlabCheck.Found found :
        new GitlabCheck(pipeline, check.trusting(), new Facts()).found()) {
      if (found.upload().index().trusts() && !found.upload().byToken()) {
        publishers.add(
            new PublishedBy(
                found.upload().index().shown(),
                "GitLab",
                WorkflowFile.GITLAB,
                found.job().environment()));
      }
    }
    return List.copyOf(publishers);
  }
}
