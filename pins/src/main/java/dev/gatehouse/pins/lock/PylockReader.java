package dev.gatehouse.pins.lock;

import dev.gatehouse.pins.document.Node;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.LockedFile;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code pylock.toml}: PEP 751. */
public final class PylockReader implements LockReader {
  @Override
  public PinFile read(Path file, Table document) {
    Node.Text version = document.needText("lock-version");
    if (!version.value().startsWith("1.")) {
      throw version.spot().expected("expected a lock-version of 1, not " + version.value());
    }
    List<Requirement> requirements =
        document.items("packages").stream()
            .map(node -> requirement(node.asTable("a package")))
            .toList();
    return new PinFile(file, Format.PYLOCK, requirements, List.of(), List.of());
  }

  private static Requirement requirement(Table table) {
    Entry entry = Entry.named(table).version(table).marker(table.text("marker"));
    entry.source(new Source.Index(table.text("index").map(Node.Text::value).orElse(null)));
    table.table("vcs").ifPresent(vcs -> entry.source(repository(vcs)));
    table
        .table("directory")
        .ifPresent(
            directory ->
                entry
                    .source(local(directory.needText("path").value()))
                    .editable(directory.flag("editable")));
    table
        .table("archive")
        .ifPresent(
            archive -> {
              entry.source(archive(archive));
              archive.table("hashes").ifPresent(entry::hashes);
            });
    table.table("sdist").ifPresent(sdist -> entry.file(file(sdist)));
    table.items("wheels").forEach(wheel -> entry.file(file(wheel.asTable("a wheel"))));
    return entry.build();
  }

  private static Source local(String path) {
    return path.equals(".") || path.equals("./") ? new Source.Own(path) : new Source.Local(path);
  }

  private static Source repository(Table vcs) {
    return new Source.Repository(
        vcs.needText("type").value(),
        address(vcs).orElseThrow(() -> vcs.spot().expected("expected 'url' or 'path'")),
        vcs.needText("commit-id").value());
  }

  private static Source archive(Table archive) {
    Optional<Node.Text> url = archive.text("url");
    return url.isPresent()
        ? new Source.Archive(url.get().value())
        : new Source.Local(archive.needText("path").value());
  }

  private static Optional<String> address(Table table) {
    return table.text("url").or(() -> table.text("path")).map(Node.Text::value);
  }

  private static LockedFile file(Table table) {
    @Nullable String address = address(table).orElse(null);
    String name =
        table
            .text("name")
            .map(Node.Text::value)
            .or(() -> address(table).map(LockedFile::filenameOf))
            .orElseThrow(() -> table.spot().expected("expected 'name', 'url' or 'path'"));
    return new LockedFile(
        name,
        address,
        table.table("hashes").map(Entry::statedIn).orElse(List.of()),
        table.spot().location());
  }
}
