package dev.gatehouse.pins.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A requirement or lock file, with the files that it includes.
 *
 * @param path as it was named
 * @param requirements in their order, those of included files at their place
 * @param options in their order
 * @param unread what it refers to and was not read
 */
public record PinFile(
    Path path,
    Format format,
    List<Requirement> requirements,
    List<IndexOption> options,
    List<Unread> unread) {
  /** Takes copies. */
  public PinFile {
    requirements = List.copyOf(requirements);
    options = List.copyOf(options);
    unread = List.copyOf(unread);
  }

  /** Every version of an index that it settles on, each with its hashes. */
  public List<ExactPin> exact() {
    return requirements.stream().map(Requirement::exactPin).flatMap(Optional::stream).toList();
  }

  /** What it wants without settling on one version of an index; its own project is not among it. */
  public List<Requirement> inexact() {
    return requirements.stream()
        .filter(requirement -> !requirement.isOwn() && requirement.exactPin().isEmpty())
        .toList();
  }
}
