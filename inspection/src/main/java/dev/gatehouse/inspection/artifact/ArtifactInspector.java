package dev.gatehouse.inspection.artifact;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Kind;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.findings.TargetReport;
import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.EntryReader;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.inspection.code.SourceInspection;
import dev.gatehouse.inspection.site.Collaborators;
import dev.gatehouse.inspection.site.ContentInspection;
import dev.gatehouse.inspection.site.IntegrityRules;
import dev.gatehouse.inspection.site.KnownFindings;
import dev.gatehouse.inspection.site.SiteInspection;
import dev.gatehouse.inspection.site.SiteResult;
import dev.gatehouse.inspection.startup.ExecutableLine;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.record.HashAlgorithm;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/** Inspects a wheel, an egg, an sdist, or what an archive turns out to be. */
public final class ArtifactInspector {
  private final SourceInspection source;
  private final KnownFindings known;
  private final long bufferedBytes;
  private final Supplier<Unpacking> unpackings;

  /** Prepares for any number of artifacts, on any number of threads, each with these limits. */
  public ArtifactInspector(
      SourceInspection source, KnownFindings known, Limits limits, InstantSource clock) {
    this(source, known, limits.bufferedBytes(), () -> new ArchiveUnpacking(limits, clock));
  }

  /**
   * Prepares for any number of artifacts.
   *
   * @param unpackings makes what unpacks one artifact, with the limits of one
   */
  ArtifactInspector(
      SourceInspection source,
      KnownFindings known,
      long bufferedBytes,
      Supplier<Unpacking> unpackings) {
    this.source = source;
    this.known = known;
    this.bufferedBytes = bufferedBytes;
    this.unpackings = unpackings;
  }

  /**
   * Inspects an artifact. What cannot be read is a problem of the report.
   *
   * @param target as the user named it
   * @param filename tells the format, the project and the version
   * @param bytes positioned anywhere; not closed
   */
  public TargetReport inspect(String target, String filename, SeekableByteChannel bytes) {
    return new Inspection(target, filename, bytes).inspect();
  }

  /** What a folder of sources gave. */
  public record Sources(
      List<Finding> findings, List<Problem> problems, Map<String, Object> details) {}

  /** Inspects the files of a folder as a source tree, whose top is the folder. */
  public Sources sources(SourceFiles files) {
    Unpacking unpacking = unpackings.get();
    SourceTree tree = new SourceTree(collaborators(unpacking), false);
    List<Problem> problems = new ArrayList<>();
    long[] count = new long[1];
    files.read(
        (entry, in) -> {
          count[0]++;
          tree.file(entry, in);
        },
        (path, e) -> problems.add(new Problem(path, "Could not be read: " + e.getMessage())));
    ContentInspection content = tree.finish();
    List<Finding> findings = new ArrayList<>(content.findings());
    findings.addAll(tree.findings());
    problems.addAll(content.problems());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("files", count[0]);
    details.put("executable-pth", tree.executable().stream().map(ExecutableLine::details).toList());
    return new Sources(findings, problems, details);
  }

  private Collaborators collaborators(Unpacking unpacking) {
    return new Collaborators(
        source,
        known,
        (name, content, depth, reader) ->
            unpacking.read(name, new SeekableInMemoryByteChannel(content), depth, reader),
        bufferedBytes);
  }

  private final class Inspection {
    private final String target;
    private final String filename;
    private final SeekableByteChannel bytes;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private Unpacking unpacking = unpackings.get();

    Inspection(String target, String filename, SeekableByteChannel bytes) {
      this.target = target;
      this.filename = filename;
      this.bytes = bytes;
    }

    TargetReport inspect() {
      String lower = filename.toLowerCase(Locale.ROOT);
      boolean wheel = lower.endsWith(".whl");
      boolean egg = lower.endsWith(".egg");
      @Nullable Sha256 sha256 = null;
      try {
        sha256 = ArtifactDigest.of(bytes);
        findings.addAll(known.file(filename, sha256));
        if (wheel || egg) {
          inspectSite(wheel);
        } else {
          inspectSource();
        }
      } catch (IOException e) {
        problems.add(new Problem(null, "Could not be read: " + e.getMessage()));
      }
      return new TargetReport(
          target,
          wheel || egg ? Kind.WHEEL : Kind.SDIST,
          sha256 == null ? null : sha256.hex(),
          findings,
          problems,
          details);
    }

    private void inspectSite(boolean isWheel) {
      WheelName name = isWheel ? wheelName() : null;
      SiteInspection.State state =
          isWheel ? SiteInspection.State.WHEEL : SiteInspection.State.INSTALLED;
      SiteInspection site = new SiteInspection(state, name, collaborators());
      ArchiveReading reading = unpack(site::file);
      SiteResult result = site.finish();
      if (!result.unverified().isEmpty()) {
        // Few wheels hash with anything but SHA-256, so the others cost a second reading.
        Set<HashAlgorithm> algorithms = EnumSet.of(HashAlgorithm.SHA256);
        algorithms.addAll(result.unverified());
        unpacking = unpackings.get();
        site = new SiteInspection(state, name, collaborators(), algorithms);
        reading = unpack(site::file);
        result = site.finish();
      }
      findings.addAll(result.findings());
      problems.addAll(result.problems());
      if (name != null) {
        describe(name.project(), name.version());
      } else if (!result.distributions().isEmpty()) {
        describe(
            result.distributions().getFirst().project(),
            result.distributions().getFirst().version());
      }
      describe(reading, result.executable());
      details.put("native-files", result.natives());
      details.putAll(result.abilities().details());
    }

    private @Nullable WheelName wheelName() {
      try {
        return WheelName.parse(filename);
      } catch (MalformedException e) {
        findings.add(
            IntegrityRules.METADATA_NAME
                .onTarget("The file name is no wheel's: " + e.getMessage())
                .as(Severity.MEDIUM, false));
        return null;
      }
    }

    private void inspectSource() {
      SourceTree tree = new SourceTree(collaborators(), true);
      ArchiveReading reading = unpack(tree::file);
      ContentInspection content = tree.finish();
      findings.addAll(content.findings());
      findings.addAll(tree.findings());
      problems.addAll(content.problems());
      byte[] metadata = tree.metadata();
      if (metadata != null) {
        checkMetadata(metadata, tree.metadataPath());
      }
      describe(reading, tree.executable());
      details.putAll(content.abilities().details());
    }

    private void checkMetadata(byte[] bytes, String path) {
      CoreMetadata metadata;
      try {
        metadata = CoreMetadata.parse(bytes);
      } catch (MalformedException e) {
        problems.add(new Problem(path, "Could not be read: " + e.getMessage()));
        return;
      }
      describe(metadata.name(), metadata.version());
      findings.addAll(known.version(path, metadata.name(), metadata.version()));
      try {
        SdistName name = SdistName.parse(filename, metadata.name());
        if (!name.version().equals(metadata.version())) {
          findings.add(
              IntegrityRules.METADATA_VERSION.at(
                  path,
                  0,
                  "Names another version than the file name",
                  metadata.version().toString()));
        }
      } catch (MalformedException e) {
        findings.add(
            IntegrityRules.METADATA_NAME.at(
                path,
                0,
                "Names another project or version than the file name",
                metadata.spelledName()));
      }
    }

    private @Nullable ArchiveReading unpack(EntryReader reader) {
      Optional<ArchiveReading> reading = unpacking.read(filename, bytes, 0, reader);
      if (reading.isEmpty()) {
        problems.add(
            new Problem(
                null, "Is no archive of a known format, so that nothing of it was looked at"));
        return null;
      }
      findings.addAll(reading.get().findings());
      problems.addAll(reading.get().problems());
      return reading.get();
    }

    private Collaborators collaborators() {
      return ArtifactInspector.this.collaborators(unpacking);
    }

    private void describe(ProjectName project, Version version) {
      details.put("project", project.normalized());
      details.put("version", version.toString());
    }

    private void describe(@Nullable ArchiveReading reading, List<ExecutableLine> executable) {
      if (reading != null) {
        details.put("files", reading.entries());
        details.put("unpacked-bytes", reading.unpackedBytes());
      }
      details.put("executable-pth", executable.stream().map(ExecutableLine::details).toList());
    }
  }
}
