package dev.gatehouse.pins.write;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.file.ExactPin;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Versions that somebody settled on already: an environment, a lock, a resolver. */
public final class KnownVersions {
  private static final String SUFFIX = ".dist-info";

  private final String origin;
  private final Map<ProjectName, Set<Version>> versions = new TreeMap<>();

  private KnownVersions(String origin) {
    this.origin = origin;
  }

  /** What a file is exact about: a lock, a requirements file, the output of {@code pip freeze}. */
  public static KnownVersions of(PinFile file) {
    KnownVersions known = new KnownVersions(file.path().toString());
    for (ExactPin pin : file.exact()) {
      known.add(pin.project(), pin.version());
    }
    return known;
  }

  /** What a resolver chose. */
  public static KnownVersions of(String origin, Map<ProjectName, Version> chosen) {
    KnownVersions known = new KnownVersions(origin);
    chosen.forEach(known::add);
    return known;
  }

  /**
   * What is installed in an environment, by the names of its {@code .dist-info} folders; nothing in
   * it is run, or even read.
   *
   * @param folder the environment, or its {@code site-packages}
   * @throws IOException where it cannot be listed, or has none
   */
  public static KnownVersions ofEnvironment(Path folder) throws IOException {
    KnownVersions known = new KnownVersions(folder.toString());
    for (Path packages : sitePackages(folder)) {
      try (DirectoryStream<Path> installed = Files.newDirectoryStream(packages, "*" + SUFFIX)) {
        installed.forEach(info -> known.addInstalled(info.getFileName().toString()));
      }
    }
    if (known.versions.isEmpty()) {
      throw new IOException("it has no site-packages with anything installed");
    }
    return known;
  }

  private static List<Path> sitePackages(Path folder) throws IOException {
    List<Path> found = new ArrayList<>(List.of(folder, folder.resolve("Lib/site-packages")));
    for (String lib : List.of("lib", "lib64")) {
      if (Files.isDirectory(folder.resolve(lib))) {
        try (DirectoryStream<Path> pythons =
            Files.newDirectoryStream(folder.resolve(lib), "python*")) {
          pythons.forEach(python -> found.add(python.resolve("site-packages")));
        }
      }
    }
    found.removeIf(path -> !Files.isDirectory(path));
    return found;
  }

  private void addInstalled(String filename) {
    String name = filename.substring(0, filename.length() - SUFFIX.length());
    int dash = name.lastIndexOf('-');
    if (dash > 0) {
      Optional<Version> version = Version.parseIfValid(name.substring(dash + 1));
      ProjectName.parseIfValid(name.substring(0, dash))
          .ifPresent(project -> version.ifPresent(installed -> add(project, installed)));
    }
  }

  private void add(ProjectName project, Version version) {
    versions.computeIfAbsent(project, _ -> new TreeSet<>()).add(version);
  }

  /** Where they are from, for messages. */
  public String origin() {
    return origin;
  }

  /** The versions of a project; none where it is not known. */
  public Set<Version> of(ProjectName project) {
    return versions.getOrDefault(project, Set.of());
  }

  /** The projects, in order. */
  public Set<ProjectName> projects() {
    return versions.keySet();
  }

  /** What becomes of a requirement. */
  public sealed interface Choice {
    /** The one version that is known and fits. */
    record Chosen(Version version) implements Choice {}

    /** None, or more than one; the reason is a clause. */
    record Open(String reason) implements Choice {}
  }

  /** The version that a requirement is given. */
  public Choice choose(Requirement requirement) {
    ProjectName project = requirement.project();
    Set<Version> all = project == null ? Set.of() : of(project);
    if (all.isEmpty()) {
      return new Choice.Open(origin + " does not have it");
    }
    List<Version> fitting = all.stream().filter(requirement.specifiers()::contains).toList();
    if (fitting.isEmpty()) {
      return new Choice.Open(
          "%s has %s, which does not fit".formatted(origin, all.iterator().next()));
    }
    return fitting.size() == 1
        ? new Choice.Chosen(fitting.getFirst())
        : new Choice.Open("%s has several versions that fit: %s".formatted(origin, fitting));
  }
}
