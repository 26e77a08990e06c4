package dev.gatehouse.packaging.requirement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A place where something would be installed, as markers ask for it.
 *
 * @param values of all variables that are no sets; one that is missing is empty
 * @param extras that are asked for
 * @param groups of dependencies that are asked for
 */
public record MarkerEnvironment(
    Map<MarkerVariable, String> values, Set<String> extras, Set<String> groups) {
  /** Those that have upstream's support, or lost it within the last years. */
  public static final List<String> PYTHONS =
      List.of("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15");

  private static final List<MarkerEnvironment> COMMON =
      PYTHONS.stream()
          .flatMap(
              python -> Stream.of(Platform.values()).map(platform -> cpython(python, platform)))
          .toList();

  /** Takes copies. */
  public MarkerEnvironment {
    Map<MarkerVariable, String> copy = new EnumMap<>(MarkerVariable.class);
    copy.putAll(values);
    values = Map.copyOf(copy);
    extras = Set.copyOf(extras);
    groups = Set.copyOf(groups);
  }

  /** CPython of a version on a platform, without extras. */
  public static MarkerEnvironment cpython(String pythonVersion, Platform platform) {
    Map<MarkerVariable, String> values = new EnumMap<>(MarkerVariable.class);
    values.put(MarkerVariable.PYTHON_VERSION, pythonVersion);
    values.put(MarkerVariable.PYTHON_FULL_VERSION, pythonVersion + ".0");
    values.put(MarkerVariable.IMPLEMENTATION_NAME, "cpython");
    values.put(MarkerVariable.IMPLEMENTATION_VERSION, pythonVersion + ".0");
    values.put(MarkerVariable.PLATFORM_PYTHON_IMPLEMENTATION, "CPython");
    values.put(MarkerVariable.OS_NAME, platform.osName);
    values.put(MarkerVariable.SYS_PLATFORM, platform.sysPlatform);
    values.put(MarkerVariable.PLATFORM_SYSTEM, platform.system);
    values.put(MarkerVariable.PLATFORM_MACHINE, platform.machine);
    return new MarkerEnvironment(values, Set.of(), Set.of());
  }

  /** The same place where an extra is asked for, as the metadata of a project has it. */
  public MarkerEnvironment withExtra(String extra) {
    Map<MarkerVariable, String> with = new EnumMap<>(MarkerVariable.class);
    with.putAll(values);
    with.put(MarkerVariable.EXTRA, extra);
    return new MarkerEnvironment(with, extras, groups);
  }

  /** Each CPython that people use, on each common platform. */
  public static List<MarkerEnvironment> common() {
    return COMMON;
  }

  String value(MarkerVariable variable) {
    return values.getOrDefault(variable, "");
  }

  /** The platforms that most wheels are built for. */
  public enum Platform {
    LINUX_X86_64("posix", "linux", "Linux", "x86_64"),
    LINUX_AARCH64("posix", "linux", "Linux", "aarch64"),
    MACOS_ARM64("posix", "darwin", "Darwin", "arm64"),
    MACOS_X86_64("posix", "darwin", "Darwin", "x86_64"),
    WINDOWS_AMD64("nt", "win32", "Windows", "AMD64");

    private final String osName;
    private final String sysPlatform;
    private final String system;
    private final String machine;

    Platform(String osName, String sysPlatform, String system, String machine) {
      this.osName = osName;
      this.sysPlatform = sysPlatform;
      this.system = system;
      this.machine = machine;
    }
  }
}
