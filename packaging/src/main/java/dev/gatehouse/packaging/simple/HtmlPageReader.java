package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Reads a project's page in HTML (PEP 503, 592, 629, 658, 714, 740, 792), element by element. */
final class HtmlPageReader {
  private final ProjectName project;
  private final PageDraft draft;
  private Links links;
  private boolean baseSeen;
  private @Nullable String status;
  private @Nullable String statusReason;

  HtmlPageReader(ProjectName project, URI base) {
    this.project = project;
    this.draft = new PageDraft(project);
    this.links = new Links(base);
  }

  void visit(Element element) {
    switch (element.normalName()) {
      case "base" -> readBase(element);
      case "meta" -> readMeta(element);
      case "a" -> readAnchor(element);
      default -> {}
    }
  }

  ReadPage finish() {
    if (status != null) {
      draft.status(status, statusReason);
    }
    return draft.finish(null);
  }

  /** Only the first base with an address counts (HTML, "The base element"). */
  private void readBase(Element element) {
    if (baseSeen || !element.hasAttr("href")) {
      return;
    }
    baseSeen = true;
    try {
      links = new Links(links.resolve(element.attr("href")));
    } catch (MalformedException e) {
      draft.problem("its base: " + e.getMessage());
    }
  }

  private void readMeta(Element element) {
    String content = element.attr("content");
    switch (element.attr("name")) {
      case "pypi:repository-version" -> ApiVersion.requireKnown(content.strip());
      case "pypi:project-status" -> status = content.strip();
      case "pypi:project-status-reason" -> statusReason = content;
      default -> {}
    }
  }

  private void readAnchor(Element anchor) {
    if (!anchor.hasAttr("href")) {
      return;
    }
    FileEntry entry = new FileEntry();
    entry.url = anchor.attr("href");
    try {
      URI address = links.resolve(entry.url);
      entry.filename = filename(address, anchor);
      entry.hashes = fragment(address);
    } catch (MalformedException e) {
      entry.filename = anchor.text();
    }
    entry.requiresPython = attribute(anchor, "data-requires-python");
    entry.coreMetadata = metadata(entry, attribute(anchor, "data-core-metadata"));
    entry.distInfoMetadata = metadata(entry, attribute(anchor, "data-dist-info-metadata"));
    entry.provenance = attribute(anchor, "data-provenance");
    if (anchor.hasAttr("data-yanked")) {
      entry.yank = new Yank.Yanked(PageText.shortened(anchor.attr("data-yanked")));
    }
    draft.add(entry, links);
  }

  /**
   * The address ends with the file name (PEP 503), and clients go by that; the text counts only
   * where it does not.
   */
  private String filename(URI address, Element anchor) {
    String path = address.getRawPath();
    String last =
        URI.create("/" + path.substring(path.lastIndexOf('/') + 1)).getPath().substring(1);
    if (ArtifactName.parseIfValid(last, project).isPresent()) {
      return last;
    }
    String text = anchor.text();
    return ArtifactName.parseIfValid(text, project).isPresent() ? text : last;
  }

  /**
   * {@code #sha256=…}; more than one part is divided as in a query, as old indexes did it with
   * {@code egg=}.
   */
  private static Map<String, String> fragment(URI address) {
    Map<String, String> parts = new LinkedHashMap<>();
    String fragment = address.getRawFragment();
    if (fragment != null) {
      for (String part : fragment.split("&", -1)) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          parts.putIfAbsent(part.substring(0, equals), part.substring(equals + 1));
        }
      }
    }
    return parts;
  }

  /** {@code true}, or a hash as in a fragment (PEP 714); anything else offers nothing. */
  private static @Nullable MetadataOffer metadata(FileEntry entry, @Nullable String value) {
    if (value == null) {
      return null;
    }
    int equals = value.indexOf('=');
    if (equals > 0) {
      return entry.offered(Map.of(value.substring(0, equals), value.substring(equals + 1)));
    }
    return value.equals("true") ? MetadataOffer.unhashed() : MetadataOffer.none();
  }

  private static @Nullable String attribute(Element element, String name) {
    return element.hasAttr(name) ? element.attr(name) : null;
  }
}
