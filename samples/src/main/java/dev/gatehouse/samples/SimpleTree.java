package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.name.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a simple repository as plain files, for an upstream of {@code file:} or a web server: a
 * folder for each project with {@code index.html}, {@code index.json}, the artifacts and their
 * {@code .metadata} beside them, and both lists of projects in the root. All links are relative.
 */
public final class SimpleTree {
  private final Path root;
  private final Map<ProjectName, List<Offer>> projects = new TreeMap<>();
  private boolean html = true;
  private boolean json = true;

  private SimpleTree(Path root) {
    this.root = root;
  }

  /** Begins a repository in that folder, which is made when it is written. */
  public static SimpleTree in(Path root) {
    return new SimpleTree(root);
  }

  /** Adds an artifact of which all is told, truly. */
  public SimpleTree add(SampleArtifact artifact) {
    return add(artifact, offer -> {});
  }

  /** Adds an artifact, offered as the second argument says. */
  public SimpleTree add(SampleArtifact artifact, Consumer<Offer> how) {
    Offer offer = new Offer(artifact);
    how.accept(offer);
    projects.computeIfAbsent(artifact.project(), project -> new ArrayList<>()).add(offer);
    return this;
  }

  /** Writes no HTML. */
  public SimpleTree withoutHtml() {
    html = false;
    return this;
  }

  /** Writes no JSON. */
  public SimpleTree withoutJson() {
    json = false;
    return this;
  }

  /**
   * Writes it.
   *
   * @return the root
   */
  public Path write() throws IOException {
    Files.createDirectories(root);
    for (Map.Entry<ProjectName, List<Offer>> project : projects.entrySet()) {
      writeProject(project.getKey(), project.getValue());
    }
    writePages(
        root, SimplePages.htmlList(projects.keySet()), SimplePages.jsonList(projects.keySet()));
    return root;
  }

  private void writeProject(ProjectName project, List<Offer> offers) throws IOException {
    Path folder = Files.createDirectories(root.resolve(project.normalized()));
    List<Row> rows = new ArrayList<>();
    for (Offer offer : offers) {
      rows.add(writeFiles(folder, offer));
    }
    writePages(
        folder, SimplePages.html(project, rows, null), SimplePages.json(project, rows, null));
  }

  private static Row writeFiles(Path folder, Offer offer) throws IOException {
    Path file = offer.artifact().writeTo(folder);
    if (offer.metadataHash() != Offer.MetadataHash.NOT_OFFERED) {
      Files.write(file.resolveSibling(file.getFileName() + ".metadata"), offer.metadata());
    }
    String url = offer.url() == null ? offer.artifact().filename() : offer.url().toString();
    return Row.of(offer, url, writeProvenance(file, offer));
  }

  private static @Nullable String writeProvenance(Path file, Offer offer) throws IOException {
    if (offer.provenance() == null) {
      return null;
    }
    Path provenance = file.resolveSibling(file.getFileName() + ".provenance");
    Files.writeString(provenance, offer.provenance());
    return String.valueOf(provenance.getFileName());
  }

  private void writePages(Path folder, String htmlPage, String jsonPage) throws IOException {
    if (html) {
      Files.write(folder.resolve("index.html"), htmlPage.getBytes(UTF_8));
    }
    if (json) {
      Files.write(folder.resolve("index.json"), jsonPage.getBytes(UTF_8));
    }
  }
}
