package dev.gatehouse.pins.requirements;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.DependencySpecifier;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.version.PythonSpace;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.pins.file.Address;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.file.StatedHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what one line requires, as pip's {@code parse_req_from_line} does. */
final class RequirementLine {
  private static final SpecifierSet ANY = SpecifierSet.parse("");
  private static final List<String> ARCHIVES =
      List.of(".whl", ".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tbz", ".tar.xz", ".txz");

  private final LogicalLine line;
  private final Role role;
  private final boolean editable;
  private final List<StatedHash> hashes = new ArrayList<>();

  private RequirementLine(LogicalLine line, Role role, boolean editable) {
    this.line = line;
    this.role = role;
    this.editable = editable;
  }

  /** The requirement that a text of the line states, with the options of the line. */
  static Requirement read(
      LogicalLine line, String text, boolean editable, List<GivenOption> options, Role role) {
    RequirementLine reader = new RequirementLine(line, role, editable);
    for (GivenOption option : options) {
      if (option.option() == PipOption.HASH) {
        reader.hash(option);
      }
    }
    try {
      return reader.requirement(PythonSpace.strip(text));
    } catch (MalformedException e) {
      throw line.expected(0, String.valueOf(e.getMessage()));
    }
  }

  private void hash(GivenOption option) {
    try {
      hashes.add(new StatedHash(FileHash.parse(option.value()), line.location(option.index())));
    } catch (MalformedException e) {
      throw line.expected(option.index(), String.valueOf(e.getMessage()));
    }
  }

  private Requirement requirement(String text) {
    boolean address = Address.isAddress(text);
    // The path of an address may hold a ';'; of all else it begins the marker.
    int separator = address ? text.indexOf("; ") : text.indexOf(';');
    String place = PythonSpace.strip(separator < 0 ? text : text.substring(0, separator));
    boolean local = isPath(place) || (editable && !address && !place.contains("@"));
    if (!address && !local) {
      return named(DependencySpecifier.parse(text));
    }
    String condition = separator < 0 ? "" : PythonSpace.strip(text.substring(separator + 1));
    Marker marker = condition.isEmpty() ? null : Marker.parse(condition);
    return address
        ? at(place, null, shown(place), Set.of(), marker)
        : make(null, shown(place), ANY, Set.of(), marker, local(withoutExtras(place)));
  }

  /** Variables hold secrets, so a line that has some is shown as it is written. */
  private String shown(String place) {
    return line.text().equals(line.written()) ? place : line.written();
  }

  private Requirement named(DependencySpecifier specifier) {
    String address = specifier.address();
    return address == null
        ? make(
            specifier.project(),
            specifier.writtenName(),
            specifier.specifiers(),
            specifier.extras(),
            specifier.marker(),
            new Source.Index(null))
        : at(
            address,
            specifier.project(),
            specifier.writtenName(),
            specifier.extras(),
            specifier.marker());
  }

  private Requirement at(
      String text,
      @Nullable ProjectName project,
      String writtenName,
      Set<String> extras,
      @Nullable Marker marker) {
    Address address = Address.parse(text);
    address.hashes().forEach(hash -> hashes.add(new StatedHash(hash, line.location(0))));
    ProjectName told = project != null ? project : address.project();
    return make(told, writtenName, ANY, extras, marker, address.source());
  }

  private Requirement make(
      @Nullable ProjectName project,
      String writtenName,
      SpecifierSet specifiers,
      Set<String> extras,
      @Nullable Marker marker,
      Source source) {
    return new Requirement(
        role,
        project,
        writtenName,
        specifiers,
        extras,
        marker,
        source,
        editable,
        hashes,
        List.of(),
        line.location(0));
  }

  private static Source local(String path) {
    return path.equals(".") || path.equals("./") ? new Source.Own(path) : new Source.Local(path);
  }

  /** Pip asks the disk, too; what would be a path if it were there is one to us. */
  private static boolean isPath(String text) {
    int at = text.indexOf('@');
    String before = at < 0 ? text : text.substring(0, at);
    String lower = withoutExtras(text).toLowerCase(Locale.ROOT);
    return before.startsWith(".")
        || before.contains("/")
        || before.contains("\\")
        || (at < 0 && ARCHIVES.stream().anyMatch(lower::endsWith));
  }

  private static String withoutExtras(String path) {
    int bracket = path.endsWith("]") ? path.lastIndexOf('[') : -1;
    return bracket < 0 ? path : path.substring(0, bracket);
  }
}
