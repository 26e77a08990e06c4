package dev.gatehouse.index.listing;

import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** A page in the forms that clients ask for, each made once. */
public final class Renderings {
  /**
   * Only addresses of provenance depend on how the index was reached. A client can reach it under
   * any name, so the number of forms that are remembered is bounded.
   */
  private static final int MOST_REMEMBERED = 12;

  private record Key(PageFormat format, String root) {}

  private final ProjectPage page;
  private final boolean rooted;
  private final ConcurrentMap<Key, Rendered> remembered = new ConcurrentHashMap<>();

  Renderings(ProjectPage page) {
    this.page = page;
    this.rooted = page.files().stream().anyMatch(file -> file.provenance() != null);
  }

  /**
   * @param root the address of the index as the client knows it, ending in a slash; asked for only
   *     where the page depends on it
   */
  public Rendered of(PageFormat format, Supplier<URI> root) {
    PageFormat written = format == PageFormat.TEXT_HTML ? PageFormat.HTML : format;
    Key key = new Key(written, rooted ? root.get().toString() : "");
    Rendered known = remembered.get(key);
    if (known != null) {
      return known;
    }
    Rendered made = new Rendered(written.write(rooted ? rootedAt(root.get()) : page));
    if (remembered.size() < MOST_REMEMBERED) {
      remembered.put(key, made);
    }
    return made;
  }

  private ProjectPage rootedAt(URI root) {
    List<PageFile> files = page.files().stream().map(file -> rootedAt(root, file)).toList();
    return new ProjectPage(page.name(), page.status(), page.versions(), files);
  }

  private static PageFile rootedAt(URI root, PageFile file) {
    URI provenance = file.provenance();
    return provenance == null
        ? file
        : file.toBuilder().provenance(root.resolve(provenance)).build();
  }
}
