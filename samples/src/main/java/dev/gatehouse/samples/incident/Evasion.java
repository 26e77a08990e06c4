package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.SdistBuilder;
import dev.gatehouse.samples.WheelBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A harmless artifact that gets code, or what steers Python, in by one way.
 *
 * @param name the way, in words
 * @param wheel the artifact; an sdist where the way is one of sdists
 * @param path the file in it that carries the way, and which a finding should name; in an sdist
 *     without the sdist's own folder
 */
public record Evasion(String name, SampleArtifact wheel, String path) {
  /** What all of them run: a command that does nothing. */
  static final String PAYLOAD = "import os; os.system(\"true\")\n";

  static final String DIST_INFO = "acme-1.0.dist-info/";
  static final String DATA = "acme-1.0.data/";

  private static final String PROJECT = "acme";
  private static final String VERSION = "1.0";

  static Evasion of(String name, String path, String text) {
    return of(name, path, text.getBytes(UTF_8));
  }

  static Evasion of(String name, String path, byte[] content) {
    return of(name, path, content, Map.of());
  }

  /** With further files that belong to the way: path in the wheel, text. */
  static Evasion of(String name, String path, String text, Map<String, String> others) {
    return of(name, path, text.getBytes(UTF_8), others);
  }

  static Evasion of(String name, String path, byte[] content, Map<String, String> others) {
    Map<String, String> texts = new LinkedHashMap<>(BenignPackage.files(PROJECT, VERSION));
    texts.putAll(others);
    WheelBuilder wheel = WheelBuilder.wheel(PROJECT, VERSION);
    texts.forEach(wheel::file);
    return new Evasion(name, wheel.file(path, content).build(), path);
  }

  static Evasion inSdist(String name, String path, String text) {
    SdistBuilder sdist = SdistBuilder.sdist(PROJECT, VERSION);
    BenignPackage.files(PROJECT, VERSION).forEach(sdist::file);
    return new Evasion(name, sdist.file(path, text).build(), path);
  }

  /** The way. */
  @Override
  public String toString() {
    return name;
  }
}
