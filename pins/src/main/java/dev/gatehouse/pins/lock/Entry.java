package dev.gatehouse.pins.lock;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.FileHash;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.packaging.version.Version;
import dev.gatehouse.pins.document.Node;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.LockedFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.file.StatedHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a lock says of one project, while it is being read. */
final class Entry {
  private static final SpecifierSet ANY = SpecifierSet.parse("");

  private final Node at;
  private final ProjectName project;
  private final String writtenName;
  private final List<StatedHash> hashes = new ArrayList<>();
  private final List<LockedFile> files = new ArrayList<>();
  private final Set<String> extras = new TreeSet<>();
  private SpecifierSet specifiers = ANY;
  private Source source = new Source.Index(null);
  private @Nullable Marker marker;
  private boolean editable;

  private Entry(Node at, ProjectName project, String writtenName) {
    this.at = at;
    this.project = project;
    this.writtenName = writtenName;
  }

  /** An entry whose table tells the name. */
  static Entry named(Table table) {
    Node.Text name = table.needText("name");
    return of(name, name.value());
  }

  /** An entry of a name that stands at a place. */
  static Entry of(Node at, String name) {
    return new Entry(at, reading(at, () -> ProjectName.parse(name)), name);
  }

  /** A value of a text, or what was expected of it with its place. */
  static <T> T reading(Node at, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (MalformedException e) {
      throw at.spot().expected(String.valueOf(e.getMessage()));
    }
  }

  ProjectName project() {
    return project;
  }

  /** The version, where the table tells one. */
  Entry version(Table table) {
    table
        .text("version")
        .ifPresent(
            text ->
                specifiers =
                    reading(text, () -> SpecifierSet.parse("==" + Version.parse(text.value()))));
    return this;
  }

  /** Specifiers, as Pipfile.lock has them in place of a version. */
  Entry specifiers(Node.Text text) {
    specifiers =
        text.value().equals("*") ? ANY : reading(text, () -> SpecifierSet.parse(text.value()));
    return this;
  }

  Entry marker(Optional<Node.Text> text) {
    text.filter(written -> !written.value().isBlank())
        .ifPresent(written -> marker = reading(written, () -> Marker.parse(written.value())));
    return this;
  }

  Entry extras(List<Node> names) {
    names.forEach(
        name -> {
          Node.Text text = name.asText("an extra");
          extras.add(reading(text, () -> ProjectName.parse(text.value())).normalized());
        });
    return this;
  }

  Entry source(Source from) {
    source = from;
    return this;
  }

  Entry editable(boolean whether) {
    editable = whether;
    return this;
  }

  /** A hash of the whole. */
  Entry hash(Node.Text text) {
    hashes.add(stated(text));
    return this;
  }

  /** Hashes of the whole, {@code algorithm = "digits"}. */
  Entry hashes(Table byAlgorithm) {
    hashes.addAll(statedIn(byAlgorithm));
    return this;
  }

  Entry file(LockedFile file) {
    files.add(file);
    return this;
  }

  /** {@code sha256:…} as a hash. */
  static StatedHash stated(Node.Text text) {
    return new StatedHash(
        reading(text, () -> FileHash.parse(text.value())), text.spot().location());
  }

  /** {@code sha256 = "…"} as hashes. */
  static List<StatedHash> statedIn(Table byAlgorithm) {
    List<StatedHash> stated = new ArrayList<>();
    byAlgorithm
        .entries()
        .forEach(
            (algorithm, node) -> {
              Node.Text digits = node.asText("'" + algorithm + "'");
              stated.add(
                  new StatedHash(
                      reading(digits, () -> FileHash.of(algorithm, digits.value())),
                      digits.spot().location()));
            });
    return stated;
  }

  Requirement build() {
    return new Requirement(
        Role.LOCKED,
        project,
        writtenName,
        specifiers,
        extras,
        marker,
        source,
        editable,
        hashes,
        files,
        at.spot().location());
  }
}
