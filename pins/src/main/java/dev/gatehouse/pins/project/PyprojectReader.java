package dev.gatehouse.pins.project;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.requirement.DependencySpecifier;
import dev.gatehouse.pins.document.Node;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.Address;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.IndexOption;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Role;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.file.StatedHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code pyproject.toml}. */
public final class PyprojectReader {
  private final List<Requirement> requirements = new ArrayList<>();
  private final List<IndexOption> options = new ArrayList<>();

  /**
   * Takes what the document says.
   *
   * @throws dev.gatehouse.pins.text.PinFileException where it does not say it as the specifications
   *     and the tools do
   */
  public PinFile read(Path file, Table document) {
    document.table("project").ifPresent(this::project);
    document.table("dependency-groups").ifPresent(this::groups);
    document.table("build-system").ifPresent(build -> all(build.items("requires"), Role.BUILD));
    document
        .table("tool")
        .ifPresent(
            tool -> {
              tool.table("poetry")
                  .ifPresent(poetry -> new PoetryTables(requirements, options).read(poetry));
              tool.table("uv").ifPresent(this::uv);
              tool.table("pdm").ifPresent(this::pdm);
            });
    return new PinFile(file, Format.PYPROJECT, requirements, options, List.of());
  }

  private void project(Table project) {
    all(project.items("dependencies"), Role.DECLARED);
    project.table("optional-dependencies").ifPresent(this::groups);
  }

  private void groups(Table groups) {
    groups
        .entries()
        .forEach((name, node) -> all(node.asArray("'" + name + "'").items(), Role.DECLARED));
  }

  private void all(List<Node> items, Role role) {
    for (Node item : items) {
      // A group may include another one, {include-group = "…"}, which is read by itself.
      if (!(item instanceof Table)) {
        requirements.add(requirement(item.asText("a dependency"), role));
      }
    }
  }

  private static Requirement requirement(Node.Text text, Role role) {
    try {
      DependencySpecifier specifier = DependencySpecifier.parse(text.value());
      Optional<Address> address = Optional.ofNullable(specifier.address()).map(Address::parse);
      List<StatedHash> hashes =
          address.map(Address::hashes).orElse(List.of()).stream()
              .map(hash -> new StatedHash(hash, text.spot().location()))
              .toList();
      return new Requirement(
          role,
          specifier.project(),
          specifier.writtenName(),
          specifier.specifiers(),
          specifier.extras(),
          specifier.marker(),
          address.map(Address::source).orElse(new Source.Index(null)),
          false,
          hashes,
          List.of(),
          text.spot().location());
    } catch (MalformedException e) {
      throw text.spot().expected(String.valueOf(e.getMessage()));
    }
  }

  private void uv(Table uv) {
    all(uv.items("dev-dependencies"), Role.DECLARED);
    for (Node node : uv.items("index")) {
      Table index = node.asTable("an index");
      // An explicit one is asked only for the projects that name it.
      if (!index.flag("explicit")) {
        option(
            index.flag("default") ? IndexOption.Kind.INDEX : IndexOption.Kind.EXTRA_INDEX,
            "[[tool.uv.index]]",
            index.needText("url"));
      }
    }
    uv.text("index-url").ifPresent(url -> option(IndexOption.Kind.INDEX, "index-url", url));
    options(uv, "extra-index-url", IndexOption.Kind.EXTRA_INDEX);
    options(uv, "find-links", IndexOption.Kind.FIND_LINKS);
    options(uv, "allow-insecure-host", IndexOption.Kind.TRUSTED_HOST);
  }

  private void pdm(Table pdm) {
    pdm.table("dev-dependencies").ifPresent(this::groups);
    for (Node node : pdm.items("source")) {
      Table source = node.asTable("a source");
      boolean replaces =
          source.text("name").filter(name -> name.value().equals("pypi")).isPresent();
      option(
          replaces ? IndexOption.Kind.INDEX : IndexOption.Kind.EXTRA_INDEX,
          "[[tool.pdm.source]]",
          source.needText("url"));
      if (source.has("verify_ssl") && !source.flag("verify_ssl")) {
        option(IndexOption.Kind.TRUSTED_HOST, "verify_ssl = false", source.needText("url"));
      }
    }
  }

  private void options(Table table, String key, IndexOption.Kind kind) {
    table.items(key).forEach(node -> option(kind, key, node.asText("'" + key + "'")));
  }

  private void option(IndexOption.Kind kind, String name, Node.Text value) {
    options.add(new IndexOption(kind, name, value.value(), value.spot().location()));
  }
}
