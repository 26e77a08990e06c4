package dev.gatehouse.pins.requirements;

import dev.gatehouse.pins.file.Address;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.IndexOption;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.Unread;
import dev.gatehouse.pins.text.PinFileException;
import dev.gatehouse.pins.text.SourceText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a requirements or constraints file, and the files that it includes. */
public final class RequirementsReader {
  /** Of files in each other. */
  private static final int DEEPEST = 32;

  /** Of included files; each may be included many times over. */
  private static final int MOST_FILES = 1_000;

  private static final int MOST_REQUIREMENTS = 100_000;

  /** Of lines that are none; a file with more is of another kind. */
  private static final int MOST_MALFORMED = 100;

  private final Function<String, Optional<String>> environment;
  private final Consumer<PinFileException> malformedLine;
  private final List<Requirement> requirements = new ArrayList<>();
  private final List<IndexOption> options = new ArrayList<>();
  private final List<Unread> unread = new ArrayList<>();

  /** The files that are being read, the outermost last. */
  private final Deque<Path> open = new ArrayDeque<>();

  private int files;
  private int malformed;
  private long bytes;

  /** What a line says: a requirement, or options alone. */
  private record Statement(@Nullable Requirement requirement, List<GivenOption> options) {
    static Statement of(LogicalLine line, Role role) {
      int optionsStart = optionsStart(line.text());
      String required = line.text().substring(0, optionsStart).strip();
      List<GivenOption> given = GivenOption.of(line, optionsStart);
      if (!required.isEmpty()) {
        return new Statement(RequirementLine.read(line, required, false, given, role), given);
      }
      return new Statement(
          first(given, PipOption.EDITABLE)
              .map(option -> RequirementLine.read(line, option.value(), true, given, role))
              .orElse(null),
          given);
    }
  }

  private RequirementsReader(
      Function<String, Optional<String>> environment, Consumer<PinFileException> malformedLine) {
    this.environment = environment;
    this.malformedLine = malformedLine;
  }

  /**
   * Reads a file.
   *
   * @param environment the variables that pip replaces
   * @param role of what the file itself says
   * @param malformedLine told of each line that is none, which is then passed over
   * @throws PinFileException where it or a file that it includes cannot be read, they include each
   *     other in a circle, or more than a hundred lines are malformed
   */
  public static PinFile read(
      SourceText source,
      Function<String, Optional<String>> environment,
      Role role,
      Consumer<PinFileException> malformedLine) {
    RequirementsReader reader = new RequirementsReader(environment, malformedLine);
    reader.file(source, role);
    return new PinFile(
        source.file(), Format.REQUIREMENTS, reader.requirements, reader.options, reader.unread);
  }

  private void file(SourceText source, Role role) {
    open.push(identity(source.file()));
    for (LogicalLine line : LogicalLines.of(source, environment)) {
      line(line, role);
    }
    open.pop();
  }

  private static Path identity(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private void line(LogicalLine line, Role role) {
    Statement statement;
    try {
      statement = Statement.of(line, role);
    } catch (PinFileException e) {
      if (++malformed > MOST_MALFORMED) {
        throw e;
      }
      malformedLine.accept(e);
      return;
    }
    List<GivenOption> given = statement.options();
    if (statement.requirement() != null) {
      add(line, statement.requirement());
      return;
    }
    first(given, PipOption.REQUIREMENT)
        .ifPresentOrElse(
            option -> include(line, option, Role.DECLARED),
            () ->
                first(given, PipOption.CONSTRAINT)
                    .ifPresent(option -> include(line, option, Role.CONSTRAINT)));
    options(line, given);
  }

  /** Options begin with the first word, between blanks, that begins with a dash. */
  static int optionsStart(String text) {
    if (text.startsWith("-")) {
      return 0;
    }
    int blank = text.indexOf(" -");
    return blank < 0 ? text.length() : blank + 1;
  }

  private static Optional<GivenOption> first(List<GivenOption> given, PipOption option) {
    return given.stream().filter(each -> each.option() == option).findFirst();
  }

  private void add(LogicalLine line, Requirement requirement) {
    if (requirements.size() == MOST_REQUIREMENTS) {
      throw line.expected(0, "expected at most %d requirements".formatted(MOST_REQUIREMENTS));
    }
    requirements.add(requirement);
  }

  private void options(LogicalLine line, List<GivenOption> given) {
    for (GivenOption option : given) {
      boolean includes =
          option.option() == PipOption.REQUIREMENT || option.option() == PipOption.CONSTRAINT;
      if (!includes && !option.option().ofRequirement()) {
        options.add(
            new IndexOption(
                option.option().kind(),
                option.option().text(),
                option.value(),
                line.location(option.index())));
      }
    }
  }

  private void include(LogicalLine line, GivenOption option, Role role) {
    String value = option.value();
    if (Address.isAddress(value)) {
      unread.add(
          new Unread(
              line.location(option.index()),
              "It includes an address, which is not fetched: whoever answers there decides what is"
                  + " installed. Put the file beside this one."));
      return;
    }
    Path file = sibling(line, option);
    if (open.contains(identity(file))) {
      throw line.expected(option.index(), "expected a file that does not include itself");
    }
    if (open.size() == DEEPEST || ++files > MOST_FILES) {
      throw line.expected(
          option.index(),
          "expected at most %d files, at most %d deep".formatted(MOST_FILES, DEEPEST));
    }
    SourceText source = SourceText.read(file);
    bytes += source.text().length();
    if (bytes > 4L * SourceText.LARGEST) {
      throw line.expected(
          option.index(),
          "expected at most %d MiB with all included files"
              .formatted((4 * SourceText.LARGEST) >> 20));
    }
    file(source, role);
  }

  private static Path sibling(LogicalLine line, GivenOption option) {
    try {
      return line.source().file().resolveSibling(option.value()).normalize();
    } catch (InvalidPathException e) {
      throw line.expected(option.index(), "expected the path of a file: " + e.getMessage());
    }
  }
}
