package dev.gatehouse.upstream;

import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.HtmlPages;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ReadPage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A project's own folder in a simple tree, named by the project's normalised name. It holds a page,
 * in JSON or HTML, or just artifacts; where it holds a page, the page decides what is offered.
 */
final class ProjectFolder {
  private static final String JSON = "index.json";
  private static final String HTML = "index.html";

  private final FolderRoot root;
  private final ProjectName project;
  private final Path folder;

  ProjectFolder(FolderRoot root, ProjectName project) {
    this.root = root;
    this.project = project;
    this.folder = root.folder().resolve(project.normalized());
  }

  /** Whether it holds a page or an artifact of the project; not where it cannot be read. */
  boolean isThere() {
    try {
      return isFolder()
          && (find(JSON).isPresent()
              || find(HTML).isPresent()
              || names().stream().anyMatch(name -> artifact(name).isPresent()));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The project's page; empty when the folder is not there, or is some other folder of that name.
   *
   * @throws IOException when it cannot be read, or leads out of the root
   */
  Optional<ReadPage> page(FolderFiles files) throws IOException {
    if (!isFolder()) {
      return Optional.empty();
    }
    Optional<Path> json = find(JSON);
    if (json.isPresent()) {
      return Optional.of(listed(read(json.get(), JsonPages::read), files));
    }
    Optional<Path> html = find(HTML);
    if (html.isPresent()) {
      return Optional.of(listed(read(html.get(), HtmlPages::read), files));
    }
    return unlisted(files);
  }

  private boolean isFolder() throws IOException {
    try {
      return Files.isDirectory(root.inside(folder));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Optional<Path> find(String name) throws IOException {
    try {
      return Optional.of(root.file(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Reads one of both representations. */
  private interface PageReader {
    ReadPage read(InputStream in, ProjectName project, URI base) throws IOException;
  }

  private ReadPage read(Path page, PageReader reader) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(page))) {
      return reader.read(in, project, folder.toUri());
    }
  }

  private ReadPage listed(ReadPage read, FolderFiles files) {
    FolderPage page = new FolderPage();
    read.problems().forEach(page::note);
    for (PageFile entry : read.page().files()) {
      page.add(entry.name().filename(), () -> files.listed(root, withProvenance(entry, page)));
    }
    return page.finish(read.page());
  }

  /** Provenance is offered only where it lies in the folder, too. */
  private PageFile withProvenance(PageFile entry, FolderPage page) {
    URI provenance = entry.provenance();
    if (provenance == null) {
      return entry;
    }
    try {
      root.file(provenance);
      return entry;
    } catch (IOException e) {
      page.note("%s: its provenance: %s".formatted(entry.name(), FolderPage.reason(e)));
      return entry.toBuilder().provenance(null).build();
    }
  }

  private Optional<ReadPage> unlisted(FolderFiles files) throws IOException {
    FolderPage page = new FolderPage();
    for (String filename : names()) {
      artifact(filename)
          .ifPresent(
              name ->
                  page.add(filename, () -> files.unlisted(root, folder.resolve(filename), name)));
    }
    return page.isEmpty() ? Optional.empty() : Optional.of(page.finish(project));
  }

  private List<String> names() throws IOException {
    return FolderRoot.names(root.inside(folder));
  }

  private Optional<ArtifactName> artifact(String filename) {
    return ArtifactName.parseIfValid(filename, project);
  }
}
