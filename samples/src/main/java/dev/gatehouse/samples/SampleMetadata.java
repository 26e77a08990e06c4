package dev.gatehouse.samples;

import dev.gatehouse.packaging.name.ProjectName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The core metadata that both kinds of artifact carry. */
final class SampleMetadata {
  private final String name;
  private final String version;
  private final List<String> requiresDist = new ArrayList<>();
  private final List<String> headers = new ArrayList<>();
  private @Nullable String requiresPython;
  private @Nullable String text;

  SampleMetadata(String name, String version) {
    this.name = name;
    this.version = version;
  }

  void requiresDist(String requirement) {
    requiresDist.add(requirement);
  }

  void requiresPython(String specifiers) {
    requiresPython = specifiers;
  }

  void header(String line) {
    headers.add(line);
  }

  void text(String whole) {
    text = whole;
  }

  /** The first part of file and folder names (PEP 427, "Escaping and Unicode"). */
  String stem() {
    return project().normalized().replace('-', '_') + "-" + version.replace('-', '_');
  }

  ProjectName project() {
    return ProjectName.parse(name);
  }

  String version() {
    return version;
  }

  byte[] bytes() {
    return (text == null ? generated() : text).getBytes(StandardCharsets.UTF_8);
  }

  private String generated() {
    StringBuilder lines = new StringBuilder("Metadata-Version: 2.1\n");
    lines.append("Name: ").append(name).append('\n');
    lines.append("Version: ").append(version).append('\n');
    lines.append("Summary: A harmless sample\n");
    if (requiresPython != null) {
      lines.append("Requires-Python: ").append(requiresPython).append('\n');
    }
    requiresDist.forEach(
        requirement -> lines.append("Requires-Dist: ").append(requirement).append('\n'));
    headers.forEach(header -> lines.append(header).append('\n'));
    return lines.append("\nMade for tests; it does nothing.\n").toString();
  }

  SampleArtifact artifact(String filename, byte[] archive) {
    return new SampleArtifact(project(), version, filename, archive, bytes(), requiresPython);
  }
}
