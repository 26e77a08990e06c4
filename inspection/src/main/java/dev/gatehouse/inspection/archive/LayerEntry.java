package dev.gatehouse.inspection.archive;

/**
 * What an image's layer says of one path.
 *
 * @param path without slashes at its ends, and without {@code .} and {@code ..}
 * @param entry as the layer has it
 * @param origin tells the entry from all others of the archive
 */
record LayerEntry(String path, TarEntry entry, long origin) {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  String folder() {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether it is a note about lower layers and no file (OCI image-spec, layer.md). */
  boolean isWhiteout() {
    return name().startsWith(WHITEOUT);
  }

  /** Whether it hides all that lower layers have in its folder. */
  boolean isOpaque() {
    return name().equals(OPAQUE);
  }

  /** The path in lower layers that a whiteout hides; empty where it hides none. */
  String hidden() {
    String name = name().substring(WHITEOUT.length());
    // Others with the prefix twice are AUFS' own.
    return name.isEmpty() || name.startsWith(WHITEOUT)
        ? ""
        : folder().isEmpty() ? name : folder() + "/" + name;
  }
}
