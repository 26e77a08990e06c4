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

/**
 * {@code pdm.lock}. Until lock-version 4 the files stood in {@code [metadata.files]}, by name and
 * version; since then they stand with their project. A project that is locked with extras stands
 * there once more, without files.
 */
public final class PdmLockReader implements LockReader {
  @Override
  public PinFile read(Path file, Table document) {
    Table metadata =
        document
            .table("metadata")
            .orElseThrow(() -> document.spot().expected("expected a table [metadata]"));
    List<Table> packages =
        document.items("package").stream().map(node -> node.asTable("a package")).toList();
    List<Requirement> requirements =
        packages.stream()
            .map(table -> requirement(table, files(table, packages, metadata)))
            .toList();
    return new PinFile(file, Format.PDM_LOCK, requirements, List.of(), List.of());
  }

  private static List<Node> files(Table table, List<Table> packages, Table metadata) {
    String name = table.needText("name").value();
    String version = table.text("version").map(Node.Text::value).orElse("");
    List<Node> own = table.items("files");
    if (!own.isEmpty()) {
      return own;
    }
    return metadata
        .table("files")
        .map(byName -> byName.items(name + " " + version))
        .filter(items -> !items.isEmpty())
        .orElseGet(() -> filesOfSame(name, version, packages));
  }

  private static List<Node> filesOfSame(String name, String version, List<Table> packages) {
    return packages.stream()
        .filter(
            other ->
                other.needText("name").value().equals(name)
                    && other.text("version").map(Node.Text::value).orElse("").equals(version))
        .map(other -> other.items("files"))
        .filter(items -> !items.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static Requirement requirement(Table table, List<Node> files) {
    Entry entry =
        Entry.named(table)
            .version(table)
            .extras(table.items("extras"))
            .marker(table.text("marker"))
            .editable(table.flag("editable"));
    table
        .text("git")
        .or(() -> table.text("hg"))
        .ifPresent(
            url ->
                entry.source(
                    new Source.Repository(
                        table.has("git") ? "git" : "hg",
                        url.value(),
                        table
                            .text("revision")
                            .or(() -> table.text("ref"))
                            .map(Node.Text::value)
                            .orElse(null))));
    table
        .text("path")
        .ifPresent(
            path ->
                entry.source(
                    path.value().equals(".") || path.value().equals("./")
                        ? new Source.Own(path.value())
                        : new Source.Local(path.value())));
    table.text("url").ifPresent(url -> entry.source(new Source.Archive(url.value())));
    files.forEach(node -> entry.file(file(node.asTable("a file"))));
    return entry.build();
  }

  private static LockedFile file(Table table) {
    Node.Text address =
        table
            .text("url")
            .or(() -> table.text("file"))
            .orElseThrow(() -> table.spot().expected("expected 'file' or 'url'"));
    List<StatedHash> hashes =
        table.text("hash").map(hash -> List.of(Entry.stated(hash))).orElse(List.of());
    return new LockedFile(
        LockedFile.filenameOf(address.value()),
        table.text("url").map(Node.Text::value).orElse(null),
        hashes,
        table.spot().location());
  }
}
