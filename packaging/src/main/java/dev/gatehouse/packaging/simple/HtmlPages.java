package dev.gatehouse.packaging.simple;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Pages in HTML: {@code application/vnd.pypi.simple.v1+html} and {@code text/html} (PEP 503 and
 * what followed it, through 1.4, at which PEP 833 froze them). HTML has no room for sizes, times
 * and more than one hash.
 */
public final class HtmlPages {
  private static final int CHARACTERS_A_FILE = 500;
  private static final int CHARACTERS_A_PROJECT = 60;

  private HtmlPages() {}

  /**
   * Reads the page of a project. HTML does not say whose page it is; files of another project are
   * dropped.
   *
   * @param in read to its end, not closed; UTF-8
   * @param project the project that was asked for
   * @param base where the page came from, after redirects; absolute
   * @throws MalformedException when it is of another major API version or beyond a limit
   * @throws IOException when the stream breaks
   */
  public static ReadPage read(InputStream in, ProjectName project, URI base) throws IOException {
    HtmlPageReader reader = new HtmlPageReader(project, base);
    HtmlDocument.read(in, reader::visit);
    return reader.finish();
  }

  /** Writes a page, always alike, in UTF-8. The files of a quarantined project are left out. */
  public static byte[] write(ProjectPage page) {
    int expected = CHARACTERS_A_FILE * (page.files().size() + 1);
    return new HtmlPageWriter(expected).write(page).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the list of all projects; what is no project's name is left out.
   *
   * @param in read to its end, not closed; UTF-8
   * @throws MalformedException when it is of another major API version or beyond a limit
   * @throws IOException when the stream breaks
   */
  public static List<ProjectName> readList(InputStream in) throws IOException {
    List<ProjectName> projects = new ArrayList<>();
    HtmlDocument.read(
        in,
        element -> {
          if (element.nameIs("meta") && element.attr("name").equals("pypi:repository-version")) {
            ApiVersion.requireKnown(element.attr("content").strip());
          } else if (element.nameIs("a") && element.hasAttr("href")) {
            ProjectName.parseIfValid(element.text()).ifPresent(projects::add);
          }
        });
    return List.copyOf(projects);
  }

  /**
   * Writes the list of all projects, in the given order, with addresses relative to the list's own.
   */
  public static byte[] writeList(Collection<ProjectName> projects) {
    int expected = CHARACTERS_A_PROJECT * (projects.size() + 8);
    return new HtmlPageWriter(expected).writeList(projects).getBytes(StandardCharsets.UTF_8);
  }
}
