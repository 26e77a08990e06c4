package dev.gatehouse.pins.check;

import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.requirement.MarkerEnvironment;
import dev.gatehouse.packaging.requirement.MarkerEnvironment.Platform;
import dev.gatehouse.packaging.simple.PageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an install finds a file among all of a version, and none among those whose hash is stated.
 */
final class Coverage {
  private static final Pattern CPYTHON = Pattern.compile("(?:cp|py)3([0-9]*)");

  private Coverage() {}

  /**
   * The places that are left out, a text each: a platform, with the Pythons where it is not all of
   * them. Empty where a source archive is among the stated: from it anything can be built.
   */
  static List<String> uncovered(
      @Nullable Marker marker, List<PageFile> all, List<PageFile> stated) {
    if (stated.stream().anyMatch(file -> file.name() instanceof SdistName)) {
      return List.of();
    }
    List<String> uncovered = new ArrayList<>();
    for (Platform platform : Platform.values()) {
      List<String> offered =
          MarkerEnvironment.PYTHONS.stream()
              .filter(python -> counts(marker, python, platform))
              .filter(python -> fits(all, python, platform))
              .toList();
      List<String> missing =
          offered.stream().filter(python -> !fits(stated, python, platform)).toList();
      if (!missing.isEmpty()) {
        uncovered.add(
            missing.equals(offered)
                ? name(platform)
                : name(platform) + " with Python " + String.join(", ", missing));
      }
    }
    return uncovered;
  }

  private static boolean counts(@Nullable Marker marker, String python, Platform platform) {
    return Environments.counts(marker, MarkerEnvironment.cpython(python, platform));
  }

  private static boolean fits(List<PageFile> files, String python, Platform platform) {
    int minor = Integer.parseInt(python.substring(2));
    return files.stream()
        .anyMatch(
            file ->
                file.name() instanceof WheelName wheel
                    && wheel.platformTags().stream().anyMatch(tag -> isFor(tag, platform))
                    && isFor(wheel, minor));
  }

  private static boolean isFor(WheelName wheel, int minor) {
    Set<String> abis = Set.copyOf(wheel.abiTags());
    if (abis.stream().allMatch(abi -> abi.matches("cp3[0-9]+t"))) {
      // For Python without its global lock, which nobody has by default (PEP 703).
      return false;
    }
    return wheel.pythonTags().stream()
        .anyMatch(
            tag -> {
              Matcher matcher = CPYTHON.matcher(tag);
              if (!matcher.matches()) {
                return false;
              }
              String digits = matcher.group(1);
              int built =
                  digits.isEmpty()
                      ? 0
                      : Integer.parseInt(digits.substring(0, Math.min(3, digits.length())));
              boolean later =
                  tag.startsWith("py") || abis.contains("abi3") || abis.contains("none");
              return built == minor || (later && built < minor);
            });
  }

  private static boolean isFor(String tag, Platform platform) {
    if (tag.equals("any")) {
      return true;
    }
    return switch (platform) {
      case LINUX_X86_64 -> tag.contains("linux") && tag.endsWith("_x86_64");
      case LINUX_AARCH64 -> tag.contains("linux") && tag.endsWith("_aarch64");
      case MACOS_ARM64 ->
          tag.startsWith("macosx_") && (tag.endsWith("_arm64") || tag.endsWith("_universal2"));
      case MACOS_X86_64 ->
          tag.startsWith("macosx_") && (tag.endsWith("_x86_64") || tag.endsWith("_universal2"));
      case WINDOWS_AMD64 -> tag.equals("win_amd64");
    };
  }

  private static String name(Platform platform) {
    return switch (platform) {
      case LINUX_X86_64 -> "Linux on x86_64";
      case LINUX_AARCH64 -> "Linux on ARM";
      case MACOS_ARM64 -> "macOS on ARM";
      case MACOS_X86_64 -> "macOS on x86_64";
      case WINDOWS_AMD64 -> "Windows";
    };
  }
}
