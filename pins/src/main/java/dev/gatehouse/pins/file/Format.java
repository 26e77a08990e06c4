package dev.gatehouse.pins.file;

/** The kinds of files that are read. */
public enum Format {
  /** What pip reads with {@code -r} and {@code -c}. */
  REQUIREMENTS("requirements file"),
  /** PEP 621, PEP 735 and the tables of Poetry, uv and PDM. */
  PYPROJECT("pyproject.toml"),
  /** PEP 751. */
  PYLOCK("pylock.toml"),
  UV_LOCK("uv.lock"),
  POETRY_LOCK("poetry.lock"),
  PDM_LOCK("pdm.lock"),
  PIPFILE_LOCK("Pipfile.lock");

  private final String text;

  Format(String text) {
    this.text = text;
  }

  /** What people call it. */
  public String text() {
    return text;
  }

  /** Whether a tool wrote it to have everything exact, its dependencies' dependencies too. */
  public boolean isLock() {
    return switch (this) {
      case PYLOCK, UV_LOCK, POETRY_LOCK, PDM_LOCK, PIPFILE_LOCK -> true;
      case REQUIREMENTS, PYPROJECT -> false;
    };
  }
}
