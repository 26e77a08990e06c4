package dev.gatehouse.pins.lock;

import dev.gatehouse.pins.document.Node;
import dev.gatehouse.pins.document.Node.Table;
import dev.gatehouse.pins.file.Address;
import dev.gatehouse.pins.file.Format;
import dev.gatehouse.pins.file.LockedFile;
import dev.gatehouse.pins.file.PinFile;
import dev.gatehouse.pins.file.Requirement;
import dev.gatehouse.pins.file.Source;
import dev.gatehouse.pins.file.StatedHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code uv.lock}, versions 1; uv's documentation calls it its own and shows it. */
public final class UvLockReader implements LockReader {
  @Override
  public PinFile read(Path file, Table document) {
    Node version =
        document
            .find("version")
            .orElseThrow(() -> document.spot().expected("expected 'version' = 1"));
    if (!(version instanceof Node.Literal literal) || !literal.word().equals("1")) {
      throw version.spot().expected("expected a uv.lock of version 1");
    }
    Set<String> members =
        document
            .table("manifest")
            .map(manifest -> manifest.items("members"))
            .orElse(List.of())
            .stream()
            .map(member -> member.asText("a member").value())
            .collect(Collectors.toSet());
    List<Requirement> requirements =
        document.items("package").stream()
            .map(node -> requirement(node.asTable("a package"), members))
            .toList();
    return new PinFile(file, Format.UV_LOCK, requirements, List.of(), List.of());
  }

  private static Requirement requirement(Table table, Set<String> members) {
    Entry entry = Entry.named(table).version(table);
    Table source =
        table
            .table("source")
            .orElseThrow(() -> table.spot().expected("expected 'source' in this package"));
    boolean isMember = members.contains(entry.project().normalized());
    source(entry, source, isMember);
    table.table("sdist").ifPresent(sdist -> entry.file(file(sdist)));
    table.items("wheels").forEach(wheel -> entry.file(file(wheel.asTable("a wheel"))));
    return entry.build();
  }

  private static void source(Entry entry, Table source, boolean isMember) {
    String kind = source.entries().keySet().stream().findFirst().orElse("");
    switch (kind) {
      case "registry" -> entry.source(new Source.Index(source.needText(kind).value()));
      case "git" -> entry.source(git(source.needText(kind).value()));
      case "url" -> entry.source(Address.parse(source.needText(kind).value()).source());
      case "path" -> entry.source(new Source.Local(source.needText(kind).value()));
      case "editable", "virtual", "directory" -> {
        String path = source.needText(kind).value();
        entry
            .source(
                isMember || path.equals(".") || kind.equals("virtual")
                    ? new Source.Own(path)
                    : new Source.Local(path))
            .editable(kind.equals("editable"));
      }
      default ->
          throw source
              .spot()
              .expected(
                  "expected a source of registry, git, url, path, directory, editable or virtual");
    }
  }

  /** {@code https://…?tag=v1#commit}: the commit is what is installed. */
  private static Source git(String text) {
    int hash = text.indexOf('#');
    String url = hash < 0 ? text : text.substring(0, hash);
    int query = url.indexOf('?');
    return new Source.Repository(
        "git",
        query < 0 ? url : url.substring(0, query),
        hash < 0 ? null : text.substring(hash + 1));
  }

  private static LockedFile file(Table table) {
    Node.Text address =
        table
            .text("url")
            .or(() -> table.text("path"))
            .or(() -> table.text("filename"))
            .orElseThrow(() -> table.spot().expected("expected 'url', 'path' or 'filename'"));
    List<StatedHash> hashes =
        table.text("hash").map(hash -> List.of(Entry.stated(hash))).orElse(List.of());
    return new LockedFile(
        LockedFile.filenameOf(address.value()),
        table.has("filename") ? null : address.value(),
        hashes,
        table.spot().location());
  }
}
