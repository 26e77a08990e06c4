package dev.gatehouse.pins.requirements;

import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.StatedHash;
import dev.gatehouse.pins.text.SourceText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes requirements in a file and nothing else: comments, order, options, blank lines and
 * whatever is exact and hashed already stay byte for byte. What is changed is written as
 * pip-compile does, each hash on a line of its own.
 */
public final class RequirementsEditor {
  private static final String INDENT = "    ";

  /** The name with its extras; what follows, up to a marker, are the specifiers. */
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*(?:[ \\t]*\\[[^\\]]*\\])?)[ \\t]*([^;]*)(;.*)?");

  private final SourceText source;
  private final String lineEnd;
  private final List<Line> lines = new ArrayList<>();

  /** What replaces the lines that change, by where they begin. */
  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  private final StringBuilder appended = new StringBuilder();

  private record Edit(int end, String text) {}

  /** A requirement of the file itself, where it may be changed. */
  public static final class Line {
    private final LogicalLine logical;
    private final int optionsStart;
    private final Requirement requirement;

    private Line(LogicalLine logical, int optionsStart, Requirement requirement) {
      this.logical = logical;
      this.optionsStart = optionsStart;
      this.requirement = requirement;
    }

    /** What it requires. */
    public Requirement requirement() {
      return requirement;
    }

    /** Whether environment variables decide what it says, so that it cannot be written anew. */
    public boolean hasVariables() {
      return !logical.text().equals(logical.written());
    }
  }

  private RequirementsEditor(SourceText source, Function<String, Optional<String>> environment) {
    this.source = source;
    this.lineEnd = source.text().contains("\r\n") ? "\r\n" : "\n";
    for (LogicalLine logical : LogicalLines.of(source, environment)) {
      int optionsStart = RequirementsReader.optionsStart(logical.text());
      String required = logical.text().substring(0, optionsStart).strip();
      if (!required.isEmpty()) {
        List<GivenOption> options = GivenOption.of(logical, optionsStart);
        lines.add(
            new Line(
                logical,
                optionsStart,
                RequirementLine.read(logical, required, false, options, Role.DECLARED)));
      }
    }
  }

  /**
   * Opens a file that {@link RequirementsReader} has read. Its {@code -e}, {@code -r} and {@code
   * -c} lines are none that can be changed.
   */
  public static RequirementsEditor open(
      SourceText source, Function<String, Optional<String>> environment) {
    return new RequirementsEditor(source, environment);
  }

  /** The requirements of the file itself, in order. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /**
   * Gives a line an exact version and hashes. Strong hashes that it has stay first, weak ones go.
   *
   * @param hashes of files of the version; those that are missing are added, sorted
   * @return whether anything changed
   */
  public boolean pin(Line line, Version version, Collection<FileHash> hashes) {
    Set<String> stated = new LinkedHashSet<>();
    boolean weak = false;
    for (StatedHash hash : line.requirement.hashes()) {
      weak |= hash.hash().isWeak();
      if (!hash.hash().isWeak()) {
        stated.add(hash.hash().toString());
      }
    }
    boolean exact = line.requirement.exactVersion().filter(version::equals).isPresent();
    Set<String> wanted = new LinkedHashSet<>(stated);
    hashes.stream().map(FileHash::toString).sorted().forEach(wanted::add);
    if (exact && !weak && wanted.size() == stated.size()) {
      return false;
    }
    String head = exact ? head(line) : pinned(head(line), version);
    int start = line.logical.offset(0);
    int end = line.logical.offset(line.logical.text().length() - 1) + 1;
    edits.put(start, new Edit(end, head + otherOptions(line) + hashLines(wanted)));
    return true;
  }

  private static String head(Line line) {
    return line.logical.text().substring(0, line.optionsStart).strip();
  }

  private static String pinned(String head, Version version) {
    Matcher matcher = NAME.matcher(head);
    if (!matcher.matches()) {
      throw new IllegalStateException("a requirement that was read begins with its name: " + head);
    }
    String specifiers = matcher.group(2);
    String gap = specifiers.substring(specifiers.stripTrailing().length());
    String marker = matcher.group(3);
    return matcher.group(1) + "==" + version + (marker == null ? "" : gap + marker);
  }

  /** Whatever is no hash, as it is written. */
  private static String otherOptions(Line line) {
    StringBuilder others = new StringBuilder();
    String text = line.logical.text();
    List<GivenOption> given = GivenOption.of(line.logical, line.optionsStart);
    for (int i = 0; i < given.size(); i++) {
      int end = i + 1 < given.size() ? given.get(i + 1).index() : text.length();
      if (given.get(i).option() != PipOption.HASH) {
        others.append(' ').append(text.substring(given.get(i).index(), end).strip());
      }
    }
    return others.toString();
  }

  private String hashLines(Collection<String> hashes) {
    StringBuilder text = new StringBuilder();
    for (String hash : hashes) {
      text.append(" \\").append(lineEnd).append(INDENT).append("--hash=").append(hash);
    }
    return text.toString();
  }

  /** Adds a comment at the end, before further requirements. */
  public void appendComment(String comment) {
    appended.append(lineEnd).append("# ").append(comment).append(lineEnd);
  }

  /**
   * Adds a requirement at the end.
   *
   * @param requirement name and exact version, with a marker where it has one
   */
  public void append(String requirement, Collection<FileHash> hashes) {
    Set<String> sorted = new TreeSet<>();
    hashes.forEach(hash -> sorted.add(hash.toString()));
    appended.append(requirement).append(hashLines(sorted)).append(lineEnd);
  }

  /** The file as it is to be, in its own encoding. */
  public byte[] content() {
    StringBuilder text = new StringBuilder(source.text());
    edits.descendingMap().forEach((start, edit) -> text.replace(start, edit.end, edit.text));
    if (!appended.isEmpty()) {
      boolean ended = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
      text.append(ended ? "" : lineEnd).append(appended);
    }
    return source.encode(text.toString());
  }

  /** Whether anything is to be changed. */
  public boolean isChanged() {
    return !edits.isEmpty() || !appended.isEmpty();
  }
}
