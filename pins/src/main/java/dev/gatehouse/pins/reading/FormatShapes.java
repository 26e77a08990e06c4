package dev.gatehouse.pins.reading;

import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.Format;

/**
 * Which tool wrote a TOML document, by the keys that it has, where its file's name tells nothing.
 */
final class FormatShapes {
  private FormatShapes() {}

  static Format of(Table document) {
    if (document.has("lock-version")) {
      return Format.PYLOCK;
    }
    if (document.has("version") && document.has("package")) {
      return Format.UV_LOCK;
    }
    if (document.table("metadata").filter(table -> table.has("lock_version")).isPresent()) {
      return Format.PDM_LOCK;
    }
    if (document.table("metadata").filter(table -> table.has("content-hash")).isPresent()) {
      return Format.POETRY_LOCK;
    }
    if (document.has("project")
        || document.has("tool")
        || document.has("build-system")
        || document.has("dependency-groups")) {
      return Format.PYPROJECT;
    }
    throw document
        .spot()
        .expected("expected a pyproject.toml, pylock.toml, uv.lock, poetry.lock or pdm.lock");
  }
}
