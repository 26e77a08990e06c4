package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds a wheel's file name against its folder and its metadata. Installers go by one or the other;
 * a gate that goes by the one lets the other through. Of 966 popular wheels all agree but for the
 * tags of six.
 */
final class MetadataCheck implements SiteCheck {
  @Override
  public void check(Site site, Consumer<Finding> found) {
    if (!site.isWheel()) {
      return;
    }
    List<Distribution> distributions =
        site.distributions().stream().filter(Distribution::isDistInfo).toList();
    if (distributions.size() != 1) {
      found.accept(several(distributions));
    }
    WheelName wheel = site.wheelName();
    if (wheel != null) {
      for (Distribution distribution : distributions) {
        checkFolder(wheel, distribution, found);
        checkMetadata(site, wheel, distribution, found);
        checkTags(site, distribution, found);
      }
    }
  }

  private static Finding several(List<Distribution> distributions) {
    return distributions.isEmpty()
        ? IntegrityRules.RECORD_ABSENT.onTarget(
            "Has no .dist-info folder, so that it is no wheel and nobody can tell what belongs to it")
        : IntegrityRules.METADATA_SEVERAL.onTarget(
            "Has %d .dist-info folders: which one an installer believes is its own choice"
                .formatted(distributions.size()));
  }

  private static void checkFolder(
      WheelName wheel, Distribution distribution, Consumer<Finding> found) {
    String stem = distribution.stem();
    int dash = stem.lastIndexOf('-');
    String name = dash < 0 ? stem : stem.substring(0, dash);
    String version = dash < 0 ? "" : stem.substring(dash + 1);
    if (ProjectName.parseIfValid(name).filter(wheel.project()::equals).isEmpty()) {
      found.accept(
          IntegrityRules.METADATA_NAME.in(
              distribution.folder(), "The folder is another project's than the file name says"));
    } else if (Version.parseIfValid(version).filter(wheel.version()::equals).isEmpty()) {
      found.accept(
          IntegrityRules.METADATA_VERSION.in(
              distribution.folder(), "The folder is of another version than the file name says"));
    }
  }

  private static void checkMetadata(
      Site site, WheelName wheel, Distribution distribution, Consumer<Finding> found) {
    CoreMetadata metadata = distribution.metadata();
    String path = distribution.folder() + "/METADATA";
    if (metadata == null) {
      if (site.inSite(path) == null) {
        found.accept(IntegrityRules.METADATA_NAME.in(path, "There is no metadata at all"));
      }
      return;
    }
    if (!metadata.name().equals(wheel.project())) {
      found.accept(
          IntegrityRules.METADATA_NAME.at(
              path, 0, "Names another project than the file name", metadata.name().normalized()));
    }
    if (!metadata.version().equals(wheel.version())) {
      found.accept(
          IntegrityRules.METADATA_VERSION.at(
              path, 0, "Names another version than the file name", metadata.version().toString()));
    }
  }

  private static void checkTags(Site site, Distribution distribution, Consumer<Finding> found) {
    if (distribution.wheel() == null || distribution.wheel().tags().isEmpty()) {
      return;
    }
    Set<String> written = distribution.wheel().tags();
    Set<String> named = site.nameTags();
    if (!written.equals(named)) {
      boolean hidden = site.isPure() && written.stream().noneMatch(tag -> tag.endsWith("-any"));
      Finding finding =
          IntegrityRules.METADATA_TAG.at(
              distribution.folder() + "/WHEEL",
              0,
              "Names other tags than the file name: "
                  + String.join(", ", written.stream().sorted().limit(5).toList()),
              String.join(", ", named.stream().sorted().limit(5).toList()));
      found.accept(hidden ? finding.as(Severity.MEDIUM, false) : finding);
    }
  }
}
