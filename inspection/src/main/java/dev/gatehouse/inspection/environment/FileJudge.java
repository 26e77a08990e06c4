package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.code.SourceInspection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects small files that are judged one by one, by whoever plans them. */
final class FileJudge implements Survey {
  /** Configuration and scripts of a shell that are larger were not written by people. */
  private static final int MOST = 8 * 1024 * 1024;

  private final FileTree tree;
  private final List<Want> wants = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  FileJudge(FileTree tree) {
    this.tree = tree;
  }

  /** Judges the content of a file. */
  @FunctionalInterface
  interface Judgement {
    List<Finding> judge(String path, byte[] content);
  }

  /** Plans a file, where it is there; whether it is. */
  boolean plan(String path, Judgement judgement) {
    try {
      Optional<TreeEntry> file = tree.follow(path);
      if (file.isEmpty() || !file.get().isFile()) {
        return false;
      }
      wants.add(
          new Want(
              file.get(), content -> findings.addAll(judgement.judge(path, content.bytes(MOST)))));
      return true;
    } catch (OutsideTreeException e) {
      return false;
    } catch (IOException e) {
      problems.add(Problems.unread(path, e));
      return false;
    }
  }

  /** What lies in a folder; nothing where there is none. */
  List<TreeEntry> list(String folder) {
    try {
      Optional<TreeEntry> found = tree.follow(folder);
      return found.isPresent() && found.get().isFolder()
          ? tree.list(found.get().path())
          : List.of();
    } catch (OutsideTreeException e) {
      return List.of();
    } catch (IOException e) {
      problems.add(Problems.unread(folder, e));
      return List.of();
    }
  }

  /** What lies there, links followed; empty where nothing does, or nobody can tell. */
  Optional<TreeEntry> find(String path) {
    try {
      return tree.follow(path);
    } catch (OutsideTreeException e) {
      return Optional.empty();
    } catch (IOException e) {
      problems.add(Problems.unread(path, e));
      return Optional.empty();
    }
  }

  void add(Finding finding) {
    findings.add(finding);
  }

  @Override
  public List<Want> wants() {
    return wants;
  }

  /** Keeps the problems of a source that was judged; returns its findings. */
  List<Finding> take(SourceInspection.Reading reading) {
    problems.addAll(reading.problems());
    return reading.findings();
  }

  @Override
  public void add(Problem problem) {
    problems.add(problem);
  }

  @Override
  public Outcome finish() {
    return Outcome.of(findings, problems);
  }
}
