package dev.gatehouse.pins.lock;

import dev.gatehouse.pins.document.Node;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.LockedFile;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.file.StatedHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code poetry.lock}. Until lock-version 1.1 the files stood in {@code [metadata.files]}, since
 * then they stand with their project.
 */
public final class PoetryLockReader implements LockReader {
  @Override
  public PinFile read(Path file, Table document) {
    Table metadata =
        document
            .table("metadata")
            .orElseThrow(() -> document.spot().expected("expected a table [metadata]"));
    List<Requirement> requirements =
        document.items("package").stream()
            .map(node -> requirement(node.asTable("a package"), metadata))
            .toList();
    return new PinFile(file, Format.POETRY_LOCK, requirements, List.of(), List.of());
  }

  private static Requirement requirement(Table table, Table metadata) {
    Entry entry = Entry.named(table).version(table);
    table.find("markers").ifPresent(node -> markers(entry, node));
    table.table("source").ifPresent(source -> source(entry, source, table.flag("develop")));
    List<Node> files = table.items("files");
    if (files.isEmpty()) {
      files =
          metadata
              .table("files")
              .map(byName -> byName.items(table.needText("name").value()))
              .orElse(List.of());
    }
    files.forEach(node -> entry.file(file(node.asTable("a file"))));
    return entry.build();
  }

  /** One marker for all groups, or one for each of them; then it counts where any does. */
  private static void markers(Entry entry, Node node) {
    if (node instanceof Node.Text text) {
      entry.marker(Optional.of(text));
    }
  }

  private static void source(Entry entry, Table source, boolean develop) {
    Node.Text type = source.needText("type");
    String url = source.needText("url").value();
    switch (type.value()) {
      case "legacy" -> entry.source(new Source.Index(url));
      case "url" -> entry.source(new Source.Archive(url));
      case "git" ->
          entry.source(
              new Source.Repository(
                  "git",
                  url,
                  source
                      .text("resolved_reference")
                      .or(() -> source.text("reference"))
                      .map(Node.Text::value)
                      .orElse(null)));
      case "file" -> entry.source(new Source.Local(url));
      case "directory" -> entry.source(new Source.Local(url)).editable(develop);
      default ->
          throw type.spot()
              .expected("expected a source of type legacy, url, git, file or directory");
    }
  }

  private static LockedFile file(Table table) {
    List<StatedHash> hashes =
        table.text("hash").map(hash -> List.of(Entry.stated(hash))).orElse(List.of());
    return new LockedFile(
        LockedFile.filenameOf(table.needText("file").value()),
        table.text("url").map(Node.Text::value).orElse(null),
        hashes,
        table.spot().location());
  }
}
