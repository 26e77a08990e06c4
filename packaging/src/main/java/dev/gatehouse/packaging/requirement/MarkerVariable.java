package dev.gatehouse.packaging.requirement;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a marker can ask of the place where something would be installed. */
public enum MarkerVariable {
  PYTHON_VERSION,
  PYTHON_FULL_VERSION,
  OS_NAME,
  SYS_PLATFORM,
  PLATFORM_RELEASE,
  PLATFORM_SYSTEM,
  PLATFORM_VERSION,
  PLATFORM_MACHINE,
  PLATFORM_PYTHON_IMPLEMENTATION,
  IMPLEMENTATION_NAME,
  IMPLEMENTATION_VERSION,
  EXTRA,
  EXTRAS,
  DEPENDENCY_GROUPS;

  /** As it is written in markers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The variable of this name, or of one that it had before PEP 508 ({@code os.name}). */
  static Optional<MarkerVariable> find(String word) {
    return switch (word) {
      case "os.name" -> Optional.of(OS_NAME);
      case "sys.platform" -> Optional.of(SYS_PLATFORM);
      case "platform.version" -> Optional.of(PLATFORM_VERSION);
      case "platform.machine" -> Optional.of(PLATFORM_MACHINE);
      case "platform.python_implementation", "python_implementation" ->
          Optional.of(PLATFORM_PYTHON_IMPLEMENTATION);
      default -> Stream.of(values()).filter(variable -> variable.text().equals(word)).findFirst();
    };
  }

  /** Whether its values are compared as versions where they are some. */
  boolean isVersion() {
    return switch (this) {
      case PYTHON_VERSION, PYTHON_FULL_VERSION, PLATFORM_RELEASE, IMPLEMENTATION_VERSION -> true;
      case OS_NAME,
          SYS_PLATFORM,
          PLATFORM_SYSTEM,
          PLATFORM_VERSION,
          PLATFORM_MACHINE,
          PLATFORM_PYTHON_IMPLEMENTATION,
          IMPLEMENTATION_NAME,
          EXTRA,
          EXTRAS,
          DEPENDENCY_GROUPS ->
          false;
    };
  }

  /** Whether it is compared as names are: normalised (PEP 685). */
  boolean isName() {
    return this == EXTRA || isSet();
  }

  /** Whether it is a set of names, which lock files ask (PEP 751). */
  boolean isSet() {
    return this == EXTRAS || this == DEPENDENCY_GROUPS;
  }
}
