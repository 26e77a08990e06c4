package dev.gatehouse.pins.lock;

import dev.gatehouse.pins.document.Node;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.Address;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.IndexOption;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code Pipfile.lock}: Pipenv's, JSON; each category of the Pipfile is an object. */
public final class PipfileLockReader implements LockReader {
  private static final List<String> SYSTEMS = List.of("git", "hg", "svn", "bzr");

  @Override
  public PinFile read(Path file, Table document) {
    Table meta =
        document
            .table("_meta")
            .orElseThrow(() -> document.spot().expected("expected an object \"_meta\""));
    Map<String, String> indexes = new HashMap<>();
    List<IndexOption> options = new ArrayList<>();
    for (Node node : meta.items("sources")) {
      Table source = node.asTable("a source");
      source(source, options);
      indexes.put(source.needText("name").value(), source.needText("url").value());
    }
    List<Requirement> requirements = new ArrayList<>();
    document
        .entries()
        .forEach(
            (category, node) -> {
              if (!category.equals("_meta")) {
                node.asTable("'" + category + "'")
                    .entries()
                    .forEach((name, entry) -> requirements.add(requirement(name, entry, indexes)));
              }
            });
    return new PinFile(file, Format.PIPFILE_LOCK, requirements, options, List.of());
  }

  /** Each project is locked to one of the sources, so further ones are no extra indexes. */
  private static void source(Table source, List<IndexOption> options) {
    Node.Text url = source.needText("url");
    options.add(
        new IndexOption(IndexOption.Kind.INDEX, "sources", url.value(), url.spot().location()));
    source
        .find("verify_ssl")
        .ifPresent(
            node -> {
              if (!source.flag("verify_ssl")) {
                options.add(
                    new IndexOption(
                        IndexOption.Kind.TRUSTED_HOST,
                        "verify_ssl = false",
                        url.value(),
                        node.spot().location()));
              }
            });
  }

  private static Requirement requirement(String name, Node node, Map<String, String> indexes) {
    Table table = node.asTable("'" + name + "'");
    Entry entry =
        Entry.of(node, name)
            .marker(table.text("markers"))
            .extras(table.items("extras"))
            .editable(table.flag("editable"));
    table.text("version").ifPresent(entry::specifiers);
    table.items("hashes").forEach(hash -> entry.hash(hash.asText("a hash")));
    entry.source(
        new Source.Index(table.text("index").map(text -> indexes.get(text.value())).orElse(null)));
    table.text("file").ifPresent(url -> entry.source(fileSource(url.value())));
    table.text("path").ifPresent(path -> entry.source(local(path.value())));
    for (String system : SYSTEMS) {
      Optional<Node.Text> url = table.text(system);
      url.ifPresent(
          text ->
              entry.source(
                  new Source.Repository(
                      system, text.value(), table.text("ref").map(Node.Text::value).orElse(null))));
    }
    return entry.build();
  }

  private static Source fileSource(String url) {
    return Address.isAddress(url) ? Address.parse(url).source() : new Source.Local(url);
  }

  private static Source local(String path) {
    return path.equals(".") ? new Source.Own(path) : new Source.Local(path);
  }
}
