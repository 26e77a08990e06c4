package dev.gatehouse.index.listing;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.HtmlPages;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.ProjectPage;
import java.util.Collection;

/** The representations of the simple API (PEP 691). */
public enum PageFormat {
  JSON("application/vnd.pypi.simple.v1+json"),
  HTML("application/vnd.pypi.simple.v1+html"),
  TEXT_HTML("text/html");

  private final String mediaType;

  PageFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Its media type, without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** What the header {@code Content-Type} says. */
  public String contentType() {
    return this == TEXT_HTML ? mediaType + "; charset=utf-8" : mediaType;
  }

  byte[] write(ProjectPage page) {
    return switch (this) {
      case JSON -> JsonPages.write(page);
      case HTML, TEXT_HTML -> HtmlPages.write(page);
    };
  }

  /** The list of projects in this representation. */
  public byte[] writeList(Collection<ProjectName> projects) {
    return switch (this) {
      case JSON -> JsonPages.writeList(projects);
      case HTML, TEXT_HTML -> HtmlPages.writeList(projects);
    };
  }
}
