package dev.gatehouse.comparison;

import dev.gatehouse.comparison.match.Artifact;
import dev.gatehouse.comparison.match.ArtifactReader;
import dev.gatehouse.comparison.match.FileResult;
import dev.gatehouse.comparison.match.MatchResult;
import dev.gatehouse.comparison.match.Matcher;
import dev.gatehouse.comparison.match.RevisionChoice;
import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.Inspector;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds artifacts against their source. For any number of threads, each with its own source. */
public final class SourceComparison {
  private static final int CHUNK = 256 * 1024;

  private final Inspector inspector;
  private final Limits limits;
  private final InstantSource clock;

  /**
   * Prepares.
   *
   * @param inspector looks at what the source does not explain
   * @param limits of each artifact
   * @param clock against which their time is measured
   */
  public SourceComparison(Inspector inspector, Limits limits, InstantSource clock) {
    this.inspector = inspector;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Compares one artifact. What is wrong with the artifact is in the answer, as are parts of the
   * source that could not be read.
   *
   * @param target as the report names it
   * @param filename tells the format, the project and the version
   * @param bytes left open
   * @param ref the tag, branch or commit to compare with; null: whichever fits best
   */
  public Comparison compare(
      String target,
      String filename,
      SeekableByteChannel bytes,
      Source source,
      @Nullable String ref) {
    String sha256 = null;
    try {
      sha256 = digest(bytes).hex();
      Artifact artifact = ArtifactReader.read(filename, bytes, limits, clock);
      boolean ambiguous =
          artifact.findings().stream().anyMatch(found -> found.severity() == Severity.CRITICAL);
      if (ambiguous) {
        return Comparison.uncompared(
            target,
            sha256,
            source.name(),
            artifact.findings(),
            "Was not compared: two tools would unpack different files of it");
      }
      return compare(target, sha256, filename, bytes, artifact, source, ref);
    } catch (MalformedException e) {
      return Comparison.uncompared(
          target, sha256, source.name(), List.of(), "Could not be compared: " + e.getMessage());
    } catch (SourceException e) {
      return Comparison.uncompared(
          target, sha256, source.name(), List.of(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Comparison.uncompared(
          target, sha256, source.name(), List.of(), "Could not be read: " + e.getMessage());
    }
  }

  /**
   * Compares one artifact with another: a wheel with its sdist, a version with the one before.
   *
   * @param other the one that is taken for the source
   */
  public Comparison compare(
      String target, String filename, SeekableByteChannel bytes, Other other) {
    try {
      Artifact source = ArtifactReader.read(other.filename(), other.bytes(), limits, clock);
      boolean ambiguous =
          source.findings().stream().anyMatch(found -> found.severity() == Severity.CRITICAL);
      if (ambiguous || !source.problems().isEmpty()) {
        throw new SourceException(
            "Could not compare with %s: not all of it can be read, or two tools would unpack different files of it."
                .formatted(other.name()));
      }
      return compare(target, filename, bytes, ArtifactSource.of(other.name(), source), null);
    } catch (MalformedException | IOException e) {
      return Comparison.uncompared(
          target, null, other.name(), List.of(), "Could not be compared: " + e.getMessage());
    }
  }

  /**
   * An artifact that another is held against.
   *
   * @param name as it is shown
   * @param filename tells the format, the project and the version
   * @param bytes left open
   */
  public record Other(String name, String filename, SeekableByteChannel bytes) {}

  private static Sha256 digest(SeekableByteChannel bytes) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    bytes.position(0);
    while (bytes.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return Sha256.of(digest.digest());
  }

  private Comparison compare(
      String target,
      String sha256,
      String filename,
      SeekableByteChannel bytes,
      Artifact artifact,
      Source source,
      @Nullable String ref)
      throws SourceException {
    RevisionChoice choice =
        ref == null ? RevisionChoice.best(source, artifact) : RevisionChoice.named(source, ref);
    MatchResult match = Matcher.match(artifact, source, choice.tree());
    List<Problem> problems = new ArrayList<>(artifact.problems());
    problems.addAll(match.problems());
    List<Finding> findings = new ArrayList<>(artifact.findings());
    List<Finding> inspected = List.of();
    if (match.files().stream().map(FileResult::type).anyMatch(Coverage::isUnexplained)) {
      TargetReport report = inspector.artifact(target, filename, bytes);
      inspected = report.findings();
      problems.addAll(report.problems());
    }
    findings.addAll(new Differences(inspected).of(match.files(), match.differences()));
    if (choice.tagging() == RevisionChoice.Tagging.UNTAGGED) {
      findings.add(
          ComparisonRules.NO_TAG.onTarget(
              "The source has no tag of %s %s: %s"
                  .formatted(artifact.project().normalized(), artifact.version(), choice.how())));
    }
    if (source.movedTags().contains(choice.revision().name())) {
      findings.add(
          ComparisonRules.MOVED_TAG.onTarget(
              "The tag %s stood for another commit when %s was fetched before."
                  .formatted(choice.revision().name(), source.name())));
    }
    Coverage coverage = Coverage.of(match.files());
    if (coverage.isHardlyAny()) {
      problems.add(
          new Problem(
              null,
              "Only %d of its %d files are in the source: is %s the source of %s?"
                  .formatted(
                      coverage.provedFiles(),
                      coverage.files(),
                      source.name(),
                      artifact.project().normalized())));
    }
    return new Comparison(
        target,
        sha256,
        source.name(),
        choice.revision(),
        choice.how(),
        match.files(),
        findings,
        problems);
  }
}
