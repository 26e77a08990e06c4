package dev.gatehouse.pins.project;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.requirement.Marker;
import dev.gatehouse.packaging.version.SpecifierSet;
import dev.gatehouse.pins.document.Node;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.IndexOption;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code [tool.poetry]}: dependencies by name, with constraints of Poetry's own. */
final class PoetryTables {
  private final List<Requirement> requirements;
  private final List<IndexOption> options;

  PoetryTables(List<Requirement> requirements, List<IndexOption> options) {
    this.requirements = requirements;
    this.options = options;
  }

  void read(Table poetry) {
    poetry.table("dependencies").ifPresent(this::dependencies);
    poetry.table("dev-dependencies").ifPresent(this::dependencies);
    poetry
        .table("group")
        .ifPresent(
            groups ->
                groups
                    .entries()
                    .forEach(
                        (name, node) ->
                            node.asTable("'" + name + "'")
                                .table("dependencies")
                                .ifPresent(this::dependencies)));
    for (Node node : poetry.items("source")) {
      index(node.asTable("a source"));
    }
  }

  private void index(Table source) {
    Optional<Node.Text> url = source.text("url");
    if (url.isEmpty()) {
      return;
    }
    String priority = source.text("priority").map(Node.Text::value).orElse("primary");
    // An explicit one is asked only for the projects that name it.
    if (!priority.equals("explicit")) {
      boolean extra = priority.equals("supplemental") || priority.equals("secondary");
      options.add(
          new IndexOption(
              extra ? IndexOption.Kind.EXTRA_INDEX : IndexOption.Kind.INDEX,
              "[[tool.poetry.source]]",
              url.get().value(),
              url.get().spot().location()));
    }
  }

  private void dependencies(Table table) {
    table
        .entries()
        .forEach(
            (name, node) -> {
              // The Python that the project runs on is no project.
              if (!name.equals("python")) {
                dependency(name, node);
              }
            });
  }

  private void dependency(String name, Node node) {
    switch (node) {
      case Node.Array several -> several.items().forEach(item -> dependency(name, item));
      case Node.Text version ->
          requirements.add(
              make(name, node, version, Set.of(), null, new Source.Index(null), false));
      case Table table -> requirements.add(requirement(name, table));
      case Node.Literal literal -> throw literal.spot().expected("expected a version or a table");
    }
  }

  private static Requirement requirement(String name, Table table) {
    Set<String> extras = new TreeSet<>();
    table.items("extras").forEach(extra -> extras.add(extra.asText("an extra").value()));
    Node.@Nullable Text marker = table.text("markers").orElse(null);
    return make(
        name,
        table,
        table.text("version").orElse(null),
        extras,
        marker,
        source(table),
        table.flag("develop"));
  }

  private static Source source(Table table) {
    Optional<Node.Text> git = table.text("git");
    if (git.isPresent()) {
      String revision =
          table
              .text("rev")
              .or(() -> table.text("tag"))
              .or(() -> table.text("branch"))
              .map(Node.Text::value)
              .orElse(null);
      return new Source.Repository("git", git.get().value(), revision);
    }
    Optional<Node.Text> path = table.text("path").or(() -> table.text("file"));
    if (path.isPresent()) {
      return new Source.Local(path.get().value());
    }
    return table
        .text("url")
        .<Source>map(url -> new Source.Archive(url.value()))
        .orElse(new Source.Index(null));
  }

  private static Requirement make(
      String name,
      Node at,
      Node.@Nullable Text version,
      Set<String> extras,
      Node.@Nullable Text marker,
      Source source,
      boolean editable) {
    try {
      return new Requirement(
          Role.DECLARED,
          ProjectName.parse(name),
          name,
          version == null ? SpecifierSet.parse("") : PoetryConstraint.parse(version.value()),
          extras,
          marker == null ? null : Marker.parse(marker.value()),
          source,
          editable,
          List.of(),
          List.of(),
          at.spot().location());
    } catch (MalformedException e) {
      throw at.spot().expected(String.valueOf(e.getMessage()));
    }
  }
}
