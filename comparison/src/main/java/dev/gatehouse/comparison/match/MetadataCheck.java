package dev.gatehouse.comparison.match;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.record.EntryPoint;
import dev.gatehouse.packaging.record.EntryPoints;
import dev.gatehouse.packaging.record.HashAlgorithm;
import dev.gatehouse.packaging.record.RecordReader;
import dev.gatehouse.packaging.record.RecordRow;
import dev.gatehouse.packaging.record.RecordedHash;
import dev.gatehouse.packaging.requirement.DependencySpecifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what an artifact says of itself against what the source declares and what it contains. */
final class MetadataCheck {
  /** Files of a metadata folder that tools write and nothing runs. */
  private static final Set<String> KNOWN =
      Set.of(
          "METADATA",
          "PKG-INFO",
          "WHEEL",
          "RECORD",
          "entry_points.txt",
          "top_level.txt",
          "namespace_packages.txt",
          "dependency_links.txt",
          "requires.txt",
          "SOURCES.txt",
          "zip-safe",
          "not-zip-safe",
          "INSTALLER",
          "REQUESTED",
          "metadata.json",
          "pbr.json");

  /** Which cannot hold their own hash, or are signed over it. */
  private static final Set<String> UNLISTED = Set.of("RECORD", "RECORD.jws", "RECORD.p7s");

  private static final int MOST_OF_A_KIND = 20;

  private final Artifact artifact;
  private final Declaration declaration;
  private final List<MetadataDifference> differences = new ArrayList<>();

  MetadataCheck(Artifact artifact, Declaration declaration) {
    this.artifact = artifact;
    this.declaration = declaration;
  }

  /** Whether a file is one that this class explains. */
  static boolean isMetadata(Artifact artifact, ArtifactFile file) {
    String folder = file.path().substring(0, file.path().length() - file.name().length());
    boolean inFolder =
        artifact.isWheel()
            ? folder.equals(artifact.metadataFolder())
            : (folder.equals(artifact.metadataFolder()) && file.name().equals("PKG-INFO"))
                || folder.endsWith(".egg-info/");
    return inFolder && KNOWN.contains(file.name());
  }

  /** Checks one of them, and says what it was held against. */
  String check(ArtifactFile file, byte[] content) {
    try {
      return switch (file.name()) {
        case "METADATA", "PKG-INFO" -> metadata(file, content);
        case "entry_points.txt" -> entryPoints(file, content);
        case "RECORD" -> wheelRecord(file, content);
        default -> "is written by the build and read by tools alone";
      };
    } catch (MalformedException e) {
      add(
          file.name().equals("RECORD")
              ? MetadataDifference.Kind.RECORD
              : MetadataDifference.Kind.FIELD,
          file,
          0,
          "Cannot be read: " + String.valueOf(e.getMessage()),
          "");
      return "cannot be read";
    }
  }

  private void add(
      MetadataDifference.Kind kind, ArtifactFile file, int line, String message, String evidence) {
    long same = differences.stream().filter(other -> other.kind() == kind).count();
    if (same < MOST_OF_A_KIND) {
      differences.add(new MetadataDifference(kind, file.path(), line, message, evidence));
    }
  }

  private String metadata(ArtifactFile file, byte[] content) {
    CoreMetadata metadata = CoreMetadata.parse(content);
    if (!metadata.name().equals(artifact.project())
        || !metadata.version().equals(artifact.version())) {
      add(
          MetadataDifference.Kind.FIELD,
          file,
          0,
          "Is of another project or version than the artifact",
          metadata.spelledName() + " " + metadata.version());
    }
    Set<ProjectName> seen = new HashSet<>();
    for (String requirement : metadata.values("Requires-Dist")) {
      Optional<ProjectName> project =
          DependencySpecifier.parseIfValid(requirement).map(DependencySpecifier::project);
      if (project.isEmpty() || (seen.add(project.get()) && !isDeclared(project.get()))) {
        add(
            MetadataDifference.Kind.DEPENDENCY,
            file,
            0,
            "Has a dependency installed that the source does not name",
            requirement);
      }
    }
    return "was held against the declaration of the source";
  }

  private boolean isDeclared(ProjectName project) {
    return project.equals(artifact.project()) || declaration.names(project);
  }

  private String entryPoints(ArtifactFile file, byte[] content) {
    for (EntryPoint entry : EntryPoints.parse(content)) {
      if (!declaration.declares(entry.name(), entry.value())) {
        add(
            MetadataDifference.Kind.ENTRY_POINT,
            file,
            entry.line(),
            "Names a command or plug-in in %s that the source does not declare"
                .formatted(entry.group()),
            entry.name() + " = " + entry.value());
      }
    }
    return "was held against the declaration of the source";
  }

  private String wheelRecord(ArtifactFile file, byte[] content) {
    Map<String, ArtifactFile> files = new HashMap<>();
    artifact.files().forEach(listed -> files.put(listed.path(), listed));
    int verified = 0;
    for (RecordRow row : RecordReader.parse(content)) {
      ArtifactFile listed = files.remove(row.slashedPath());
      RecordedHash hash = row.recordedHash().orElse(null);
      if (listed == null || (hash != null && !isOf(hash, listed))) {
        add(
            MetadataDifference.Kind.RECORD,
            file,
            row.line(),
            listed == null
                ? "Lists a file that is not there, or lists it twice"
                : "Lists another hash than the file has",
            row.path());
      } else {
        verified++;
      }
    }
    UNLISTED.forEach(name -> files.remove(artifact.metadataFolder() + name));
    files
        .keySet()
        .forEach(
            path -> add(MetadataDifference.Kind.RECORD, file, 0, "Does not list a file", path));
    return "was computed anew, %d files".formatted(verified);
  }

  /** Of other algorithms than SHA-256, which few wheels use, the inspection tells. */
  private static boolean isOf(RecordedHash hash, ArtifactFile file) {
    return hash.algorithm() != HashAlgorithm.SHA256
        || hash.matches(HexFormat.of().parseHex(file.sha256().hex()));
  }

  List<MetadataDifference> differences() {
    return List.copyOf(differences);
  }
}
