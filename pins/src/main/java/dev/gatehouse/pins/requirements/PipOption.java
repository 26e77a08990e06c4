package dev.gatehouse.pins.requirements;

import dev.gatehouse.pins.file.IndexOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The options that pip takes in requirements files. */
enum PipOption {
  REQUIREMENT(true, IndexOption.Kind.OTHER, "-r --requirement"),
  CONSTRAINT(true, IndexOption.Kind.OTHER, "-c --constraint"),
  EDITABLE(true, IndexOption.Kind.OTHER, "-e --editable"),
  HASH(true, IndexOption.Kind.OTHER, "--hash"),
  CONFIG_SETTINGS(true, IndexOption.Kind.OTHER, "-C --config-settings --config-setting"),
  GLOBAL_OPTION(true, IndexOption.Kind.OTHER, "--global-option"),
  INSTALL_OPTION(true, IndexOption.Kind.OTHER, "--install-option"),
  INDEX_URL(true, IndexOption.Kind.INDEX, "-i --index-url --pypi-url"),
  EXTRA_INDEX_URL(true, IndexOption.Kind.EXTRA_INDEX, "--extra-index-url"),
  NO_INDEX(false, IndexOption.Kind.NO_INDEX, "--no-index"),
  FIND_LINKS(true, IndexOption.Kind.FIND_LINKS, "-f --find-links"),
  TRUSTED_HOST(true, IndexOption.Kind.TRUSTED_HOST, "--trusted-host"),
  REQUIRE_HASHES(false, IndexOption.Kind.REQUIRE_HASHES, "--require-hashes"),
  NO_REQUIRE_HASHES(false, IndexOption.Kind.NO_REQUIRE_HASHES, "--no-require-hashes"),
  PRE(false, IndexOption.Kind.PRE, "--pre"),
  ALL_RELEASES(true, IndexOption.Kind.OTHER, "--all-releases"),
  ONLY_FINAL(true, IndexOption.Kind.OTHER, "--only-final"),
  NO_BINARY(true, IndexOption.Kind.OTHER, "--no-binary"),
  ONLY_BINARY(true, IndexOption.Kind.OTHER, "--only-binary"),
  PREFER_BINARY(false, IndexOption.Kind.OTHER, "--prefer-binary"),
  USE_FEATURE(true, IndexOption.Kind.OTHER, "--use-feature");

  private static final Set<PipOption> OF_REQUIREMENT =
      EnumSet.of(HASH, CONFIG_SETTINGS, GLOBAL_OPTION, INSTALL_OPTION);

  private final boolean takesValue;
  private final IndexOption.Kind kind;

  /** With blanks between them. */
  private final String names;

  PipOption(boolean takesValue, IndexOption.Kind kind, String names) {
    this.takesValue = takesValue;
    this.kind = kind;
    this.names = names;
  }

  boolean takesValue() {
    return takesValue;
  }

  IndexOption.Kind kind() {
    return kind;
  }

  /** Its name in full. */
  String text() {
    return names().filter(name -> name.startsWith("--")).findFirst().orElseThrow();
  }

  private Stream<String> names() {
    return Stream.of(names.split(" ", -1));
  }

  /** Whether it belongs to one requirement. */
  boolean ofRequirement() {
    return OF_REQUIREMENT.contains(this);
  }

  /**
   * The options that a name can mean: one of its own, or the beginning of long ones, which Python's
   * optparse takes where only one begins so.
   */
  static List<PipOption> named(String name) {
    List<PipOption> exact =
        Stream.of(values()).filter(option -> option.names().anyMatch(name::equals)).toList();
    if (!exact.isEmpty() || !name.startsWith("--") || name.length() < 3) {
      return exact;
    }
    return Stream.of(values())
        .filter(option -> option.names().anyMatch(known -> known.startsWith(name)))
        .toList();
  }
}
