package dev.gatehouse.pins.reading;

import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.Role;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file names that tools use. */
public final class FormatNames {
  /** PEP 751, "File Name". */
  private static final Pattern PYLOCK = Pattern.compile("pylock(?:\\.[^.]+)?\\.toml");

  private static final Pattern REQUIREMENTS =
      Pattern.compile(
          "(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\\.(?:txt|in)",
          Pattern.CASE_INSENSITIVE);

  private FormatNames() {}

  /** The format that files of this name have; empty where the name tells nothing. */
  public static Optional<Format> find(String filename) {
    return switch (filename) {
      case "pyproject.toml" -> Optional.of(Format.PYPROJECT);
      case "uv.lock" -> Optional.of(Format.UV_LOCK);
      case "poetry.lock" -> Optional.of(Format.POETRY_LOCK);
      case "pdm.lock" -> Optional.of(Format.PDM_LOCK);
      case "Pipfile.lock" -> Optional.of(Format.PIPFILE_LOCK);
      default ->
          PYLOCK.matcher(filename).matches()
              ? Optional.of(Format.PYLOCK)
              : REQUIREMENTS.matcher(filename).matches()
                  ? Optional.of(Format.REQUIREMENTS)
                  : Optional.empty();
    };
  }

  /** What is in a requirements file of this name, by the usage of the name. */
  static Role role(String filename) {
    return filename.toLowerCase(Locale.ROOT).contains("constraints")
        ? Role.CONSTRAINT
        : Role.DECLARED;
  }
}
