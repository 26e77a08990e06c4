package dev.gatehouse.inspection.site;

import java.util.Locale;
import java.util.Set;

/** What a file is for, by its name. */
public enum FileRole {
  PYTHON,
  SCRIPT,
  /** A {@code .pth} or {@code .start} file, or one that says where an egg lies. */
  STARTUP,
  METADATA,
  BYTECODE,
  ARCHIVE,
  NATIVE,
  DATA;

  private static final Set<String> SCRIPTS =
      Set.of("sh", "bash", "zsh", "js", "mjs", "cjs", "ps1", "psm1", "bat", "cmd", "command");
  private static final Set<String> ARCHIVES =
      Set.of(
          "zip", "whl", "egg", "pyz", "pyzw", "tar", "tgz", "tbz2", "txz", "gz", "bz2", "xz",
          "zst");
  private static final Set<String> PACKED = Set.of("gz", "bz2", "xz", "zst");
  private static final Set<String> METADATA_NAMES =
      Set.of(
          "record",
          "metadata",
          "wheel",
          "entry_points.txt",
          "direct_url.json",
          "installer",
          "pkg-info",
          "installed-files.txt",
          "top_level.txt");

  /** The role of a file of this path. */
  public static FileRole of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    String suffix = dot < 0 ? "" : name.substring(dot + 1);
    return switch (suffix) {
      case "py", "pyw" -> PYTHON;
      case "pth", "start", "egg-link" -> STARTUP;
      case "pyc", "pyo" -> BYTECODE;
      case "so", "pyd", "dll", "dylib" -> NATIVE;
      default -> {
        if (SCRIPTS.contains(suffix)) {
          yield SCRIPT;
        }
        if (isMetadata(path, name)) {
          yield METADATA;
        }
        yield isArchive(name, suffix) ? ARCHIVE : DATA;
      }
    };
  }

  /** Packed files count where they hold a tar: {@code data.csv.gz} runs nowhere. */
  private static boolean isArchive(String name, String suffix) {
    return ARCHIVES.contains(suffix) && (!PACKED.contains(suffix) || name.contains(".tar."));
  }

  private static boolean isMetadata(String path, String name) {
    int slash = path.lastIndexOf('/');
    if (!METADATA_NAMES.contains(name)) {
      return path.toLowerCase(Locale.ROOT).endsWith(".egg-info");
    }
    String folder = slash < 0 ? "" : path.substring(0, slash).toLowerCase(Locale.ROOT);
    return slash < 0
        || folder.endsWith(".dist-info")
        || folder.endsWith(".egg-info")
        || folder.endsWith("egg-info");
  }

  /** Whether Python or a shell may run such a file. */
  public boolean isCode() {
    return this == PYTHON
        || this == SCRIPT
        || this == STARTUP
        || this == BYTECODE
        || this == NATIVE;
  }
}
