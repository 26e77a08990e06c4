package dev.gatehouse.cli.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What can look at each kind of target. Making a task is cheap and reads nothing; the task may run
 * on any thread, and several at once.
 */
interface Inspectors {
  /** What the user should know before any report, a sentence each. */
  List<String> notes();

  /** A wheel, egg or sdist; a file of no known form becomes a problem of its report. */
  Task artifact(String target, Path file) throws IOException;

  /** An archive of a container image. */
  Task image(String target, Path file) throws IOException;

  /** One environment, by its folder. */
  Task environment(String target, Path folder) throws IOException;

  /**
   * The files of a folder that are in no artifact and no environment.
   *
   * @param files what lies in it, relative to it, in a steady order
   */
  Task sources(String target, Path folder, List<Path> files) throws IOException;

  /** The environments of this machine, and the caches and home folders beside them. */
  List<Task> machine() throws IOException;
}
