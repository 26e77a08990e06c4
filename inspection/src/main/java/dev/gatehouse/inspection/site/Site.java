package dev.gatehouse.inspection.site;

import dev.gatehouse.inspection.site.SiteInspection.State;
import dev.gatehouse.inspection.startup.Ownership;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.record.TagSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known of a site directory once each of its files was seen. */
final class Site {
  private final State state;
  private final @Nullable WheelName wheel;
  private final Map<String, SiteFile> files;
  private final Map<String, SiteFile> inSite = new HashMap<>();
  private final List<Distribution> distributions;
  private final List<Set<String>> listed = new ArrayList<>();
  private final Set<String> folders = new HashSet<>();

  Site(
      State state,
      @Nullable WheelName wheel,
      Map<String, SiteFile> files,
      List<Distribution> distributions) {
    this.state = state;
    this.wheel = wheel;
    this.files = files;
    this.distributions = distributions;
    distributions.forEach(distribution -> listed.add(distribution.listed()));
    for (SiteFile file : files.values()) {
      if (file.placement().isInSite()) {
        inSite.put(file.sitePath(), file);
        addFolders(file.sitePath());
      }
    }
  }

  private void addFolders(String path) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (!folders.add(path.substring(0, slash))) {
        return;
      }
    }
  }

  boolean isWheel() {
    return state == State.WHEEL;
  }

  @Nullable WheelName wheelName() {
    return wheel;
  }

  /** All files, by the paths that they have in the archive, in its order. */
  Collection<SiteFile> files() {
    return files.values();
  }

  @Nullable SiteFile file(String path) {
    return files.get(path);
  }

  /** The file at this path of the site directory. */
  @Nullable SiteFile inSite(String sitePath) {
    return inSite.get(sitePath);
  }

  /** Whether the site directory has a folder of this path. */
  boolean hasFolder(String sitePath) {
    return folders.contains(sitePath);
  }

  List<Distribution> distributions() {
    return distributions;
  }

  /** The paths that the RECORD of a distribution lists. */
  Set<String> listedBy(Distribution distribution) {
    return listed.get(distributions.indexOf(distribution));
  }

  /** Whether any RECORD lists the file. */
  boolean isListed(String path) {
    return listed.stream().anyMatch(paths -> paths.contains(path));
  }

  /** Whether it says of itself that it suits any platform; never of an installed directory. */
  boolean isPure() {
    if (wheel != null) {
      return wheel.platformTags().equals(List.of("any"));
    }
    return isWheel()
        && distributions.stream()
            .anyMatch(
                found ->
                    found.wheel() != null
                        && !found.wheel().tags().isEmpty()
                        && found.wheel().tags().stream().allMatch(tag -> tag.endsWith("-any")));
  }

  /** The tags that its file name stands for; none where it has none. */
  Set<String> nameTags() {
    return wheel == null
        ? Set.of()
        : TagSet.expand(wheel.pythonTags(), wheel.abiTags(), wheel.platformTags());
  }

  /** Who vouches for a file. */
  Ownership ownership(String path) {
    Set<String> owner =
        listed.stream().filter(paths -> paths.contains(path)).findFirst().orElse(Set.of());
    String start = path.substring(0, path.length() - ".pth".length()) + ".start";
    return new Ownership() {
      @Override
      public boolean ownsFile() {
        return !owner.isEmpty();
      }

      @Override
      public boolean ownsModule(String module) {
        return owner.stream().map(Site.this::sitePath).anyMatch(file -> isModule(file, module));
      }

      @Override
      public boolean hasStartFile() {
        return path.toLowerCase(Locale.ROOT).endsWith(".pth") && files.containsKey(start);
      }
    };
  }

  private String sitePath(String listedPath) {
    return isWheel() ? Placement.ofWheel(listedPath).path() : listedPath;
  }

  /** Whether the file is the module, or lies in the package, of that top-level name or path. */
  private static boolean isModule(String file, String module) {
    if (!file.startsWith(module) || file.length() == module.length()) {
      return false;
    }
    String rest = file.substring(module.length());
    return rest.startsWith("/")
        || (rest.startsWith(".")
            && (rest.endsWith(".py") || rest.endsWith(".so") || rest.endsWith(".pyd")));
  }

  /** The files that importing the module would run, in that order; none where it lies elsewhere. */
  List<SiteFile> modules(String dotted) {
    List<SiteFile> found = new ArrayList<>();
    String path = "";
    for (String part : dotted.split("\\.", -1)) {
      path = path.isEmpty() ? part : path + "/" + part;
      SiteFile file = inSite(path + "/__init__.py");
      if (file == null) {
        file = inSite(path + ".py");
      }
      if (file != null) {
        found.add(file);
      }
    }
    return found;
  }
}
