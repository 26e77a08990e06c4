package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.name.ProjectName;
import java.util.Collection;
import java.util.Map;

/** Writes pages in HTML: the same page, the same text. */
final class HtmlPageWriter {
  private final StringBuilder html;

  /** Expects so many characters. */
  HtmlPageWriter(int expectedLength) {
    this.html = new StringBuilder(expectedLength);
  }

  String write(ProjectPage page) {
    begin("Links for " + page.name());
    meta("pypi:project-status", page.status().state().marker());
    if (page.status().reason() != null) {
      meta("pypi:project-status-reason", page.status().reason());
    }
    body();
    page.offered().forEach(this::file);
    return end();
  }

  String writeList(Collection<ProjectName> projects) {
    begin("Simple index");
    body();
    projects.forEach(project -> anchor(project + "/", project.normalized()));
    return end();
  }

  private void begin(String title) {
    html.append("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");
    meta("pypi:repository-version", ApiVersion.NEWEST);
    html.append("<title>").append(title).append("</title>\n");
  }

  private void meta(String name, String content) {
    html.append("<meta");
    attribute("name", name);
    attribute("content", content);
    html.append(">\n");
  }

  private void body() {
    html.append("</head>\n<body>\n");
  }

  private String end() {
    return html.append("</body>\n</html>\n").toString();
  }

  private void file(PageFile file) {
    html.append("<a");
    attribute("href", file.url() + Hashes.fragment(file.hashes()));
    if (file.requiresPython() != null) {
      attribute("data-requires-python", file.requiresPython());
    }
    metadata(file.metadata());
    switch (file.yank()) {
      case Yank.NotYanked() -> {}
      case Yank.Yanked(String reason) -> attribute("data-yanked", reason);
    }
    if (file.provenance() != null) {
      attribute("data-provenance", file.provenance().toString());
    }
    text(file.name().filename());
  }

  private void metadata(MetadataOffer offer) {
    switch (offer) {
      case MetadataOffer.None() -> {}
      case MetadataOffer.Unhashed() -> metadata("true");
      // One hash is all that the attribute has room for.
      case MetadataOffer.Hashed(Map<String, String> hashes) ->
          metadata(Hashes.fragment(hashes).substring(1));
    }
  }

  private void metadata(String value) {
    attribute("data-core-metadata", value);
    attribute("data-dist-info-metadata", value);
  }

  private void anchor(String href, String text) {
    html.append("<a");
    attribute("href", href);
    text(text);
  }

  private void text(String text) {
    html.append('>');
    HtmlDocument.escape(text, html);
    html.append("</a><br>\n");
  }

  private void attribute(String name, String value) {
    html.append(' ').append(name).append("=\"");
    HtmlDocument.escape(value, html);
    html.append('"');
  }
}
