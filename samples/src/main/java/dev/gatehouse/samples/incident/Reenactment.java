package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A harmless package of the shape of an attack.
 *
 * @param incident what it imitates, as {@code litellm 1.82.8}
 * @param project a made-up project
 * @param version that of the incident
 * @param carriers the files that carry the attack: path in the wheel, content; not to be changed
 */
public record Reenactment(
    String incident, String project, String version, Map<String, byte[]> carriers) {
  /** Keeps the order of the files. */
  public Reenactment {
    carriers = Collections.unmodifiableMap(new LinkedHashMap<>(carriers));
    if (carriers.isEmpty()) {
      throw new IllegalArgumentException("nothing carries the attack of " + incident);
    }
  }

  static Reenactment ofTexts(
      String incident, String project, String version, Map<String, String> carriers) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    carriers.forEach((path, text) -> bytes.put(path, text.getBytes(UTF_8)));
    return new Reenactment(incident, project, version, bytes);
  }

  /** All files by their paths in the wheel: the attack in the midst of an ordinary package. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    BenignPackage.files(folder(), version)
        .forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    files.putAll(carriers);
    return files;
  }

  /** As a wheel, which RECORD describes rightly. */
  public SampleArtifact wheel() {
    WheelBuilder wheel = WheelBuilder.wheel(project, version).requiresPython(">=3.9");
    files().forEach(wheel::file);
    return wheel.build();
  }

  /** As an sdist, with the same files. */
  public SampleArtifact sdist() {
    SdistBuilder sdist = SdistBuilder.sdist(project, version).requiresPython(">=3.9");
    files().forEach(sdist::file);
    return sdist.build();
  }

  /** The incident. */
  @Override
  public String toString() {
    return incident;
  }

  private String folder() {
    return ProjectName.parse(project).normalized().replace('-', '_');
  }
}
