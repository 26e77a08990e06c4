package dev.gatehouse.pins.reading;

import dev.gatehouse.pins.document.JsonReader;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.document.TomlReader;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.lock.PdmLockReader;
import dev.gatehouse.pins.lock.PipfileLockReader;
import dev.gatehouse.pins.lock.PoetryLockReader;
import dev.gatehouse.pins.lock.PylockReader;
import dev.gatehouse.pins.lock.UvLockReader;
import dev.gatehouse.pins.project.PyprojectReader;
import dev.gatehouse.pins.requirements.RequirementsReader;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads requirement and lock files of all formats. */
public final class PinFileReader {
  private final Function<String, Optional<String>> environment;
  private final Consumer<PinFileException> malformedLine;

  /**
   * A reader that refuses a file with a malformed line, as pip does.
   *
   * @param environment the value of an environment variable, which requirements files may name;
   *     empty where it is not set
   */
  public PinFileReader(Function<String, Optional<String>> environment) {
    this(
        environment,
        malformed -> {
          throw malformed;
        });
  }

  /**
   * A reader of what can be read of a requirements file: one line that pip would refuse must not
   * hide what the others say.
   *
   * @param environment the value of an environment variable; empty where it is not set
   * @param malformedLine told of each line that was passed over
   */
  public PinFileReader(
      Function<String, Optional<String>> environment, Consumer<PinFileException> malformedLine) {
    this.environment = environment;
    this.malformedLine = malformedLine;
  }

  /**
   * Reads a file, and the files that it includes; nothing is fetched, nothing is run.
   *
   * @throws PinFileException where one of them cannot be read: it is missing, too large (16 MiB),
   *     binary, malformed or includes itself
   */
  public PinFile read(Path file) {
    return read(SourceText.read(file));
  }

  /**
   * Reads what a file holds, and the files that it includes.
   *
   * @throws PinFileException as {@link #read(Path)} does
   */
  public PinFile read(SourceText source) {
    Path file = source.file();
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    Optional<Format> named = FormatNames.find(name);
    if (named.isPresent()) {
      return read(source, named.get(), name);
    }
    if (source.text().stripLeading().startsWith("{")) {
      return read(source, Format.PIPFILE_LOCK, name);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".toml") || lower.endsWith(".lock")) {
      Table document = TomlReader.read(source);
      return read(file, FormatShapes.of(document), document);
    }
    return read(source, Format.REQUIREMENTS, name);
  }

  private PinFile read(SourceText source, Format format, String name) {
    return switch (format) {
      case REQUIREMENTS ->
          RequirementsReader.read(source, environment, FormatNames.role(name), malformedLine);
      case PIPFILE_LOCK -> read(source.file(), format, JsonReader.read(source));
      case PYPROJECT, PYLOCK, UV_LOCK, POETRY_LOCK, PDM_LOCK ->
          read(source.file(), format, TomlReader.read(source));
    };
  }

  private static PinFile read(Path file, Format format, Table document) {
    return switch (format) {
      case PYPROJECT -> new PyprojectReader().read(file, document);
      case PYLOCK -> new PylockReader().read(file, document);
      case UV_LOCK -> new UvLockReader().read(file, document);
      case POETRY_LOCK -> new PoetryLockReader().read(file, document);
      case PDM_LOCK -> new PdmLockReader().read(file, document);
      case PIPFILE_LOCK -> new PipfileLockReader().read(file, document);
      case REQUIREMENTS -> throw new PinFileException(file, "expected a requirements file");
    };
  }
}
