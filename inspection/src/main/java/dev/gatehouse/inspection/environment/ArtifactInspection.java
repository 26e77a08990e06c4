package dev.gatehouse.inspection.environment;

import dev.gatehouse.findings.TargetReport;
import java.nio.channels.SeekableByteChannel;

/** What judges a wheel or an sdist that is come upon; {@code ArtifactInspector} is one. */
@FunctionalInterface
public interface ArtifactInspection {
  /**
   * Inspects an artifact, with limits of its own. What cannot be read is a problem of the report.
   *
   * @param filename tells the format
   * @param bytes positioned anywhere; not closed
   */
  TargetReport inspect(String target, String filename, SeekableByteChannel bytes);
}
