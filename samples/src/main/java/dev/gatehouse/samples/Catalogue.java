package dev.gatehouse.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a fake index has, and how it answers when nothing is wrong. */
final class Catalogue {
  private static final String SIMPLE = "/simple/";

  private final Map<ProjectName, List<Row>> projects = new TreeMap<>();
  private final Map<ProjectName, ProjectStatusText> statuses = new TreeMap<>();
  private final Map<String, Answer> files = new TreeMap<>();
  private final Map<String, String> pageHeaders = new LinkedHashMap<>();
  private Representations representations = Representations.BOTH;
  private boolean etags = true;

  enum Representations {
    HTML,
    JSON,
    BOTH
  }

  synchronized void hold(Offer offer) {
    SampleArtifact artifact = offer.artifact();
    hold(FakeIndex.fileOf(artifact), "application/octet-stream", artifact.bytes());
    if (offer.metadataHash() != Offer.MetadataHash.NOT_OFFERED) {
      hold(FakeIndex.metadataOf(artifact), "application/octet-stream", offer.metadata());
    }
    if (offer.provenance() != null) {
      hold(
          FakeIndex.provenanceOf(artifact),
          "application/vnd.pypi.integrity.v1+json",
          offer.provenance().getBytes(UTF_8));
    }
  }

  synchronized void hold(String path, String contentType, byte[] content) {
    files.put(path, Answer.of(200, contentType, content));
  }

  synchronized void list(Offer offer, @Nullable URI provenance) {
    unlist(offer.artifact());
    projects
        .computeIfAbsent(offer.artifact().project(), project -> new ArrayList<>())
        .add(
            Row.of(
                offer,
                Objects.requireNonNull(offer.url()).toString(),
                provenance == null ? null : provenance.toString()));
  }

  synchronized void unlist(SampleArtifact artifact) {
    projects
        .getOrDefault(artifact.project(), new ArrayList<>())
        .removeIf(row -> row.filename().equals(artifact.filename()));
  }

  synchronized void status(ProjectName project, ProjectStatusText status) {
    projects.computeIfAbsent(project, none -> new ArrayList<>());
    statuses.put(project, status);
  }

  synchronized void representations(Representations which) {
    representations = which;
  }

  synchronized void pageHeader(String name, String value) {
    pageHeaders.put(name, value);
  }

  synchronized void withoutEtags() {
    etags = false;
  }

  synchronized Answer answer(FakeRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Answer.of(405, "only GET and HEAD");
    }
    Answer file = files.get(request.path());
    if (file != null) {
      return file;
    }
    if (request.path().equals(SIMPLE)) {
      return page(
          request,
          SimplePages.htmlList(projects.keySet()),
          SimplePages.jsonList(projects.keySet()));
    }
    return project(request.path())
        .map(spelling -> projectPage(spelling, request))
        .orElseGet(() -> Answer.of(404, "nothing is at " + request.path()));
  }

  /** The project as it is spelled in the path, with or without the slash behind it. */
  private static Optional<String> project(String path) {
    String rest = path.startsWith(SIMPLE) ? path.substring(SIMPLE.length()) : "";
    String spelling = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    return ProjectName.parseIfValid(spelling).map(valid -> spelling);
  }

  private Answer projectPage(String spelling, FakeRequest request) {
    ProjectName project = ProjectName.parse(spelling);
    List<Row> rows = projects.get(project);
    String path = FakeIndex.pageOf(spelling);
    if (rows == null) {
      return Answer.of(404, "no project " + project);
    }
    if (!request.path().equals(path)) {
      return Answer.redirect(301, path);
    }
    ProjectStatusText status = statuses.get(project);
    return page(
        request, SimplePages.html(project, rows, status), SimplePages.json(project, rows, status));
  }

  private Answer page(FakeRequest request, String html, String json) {
    boolean asJson =
        switch (representations) {
          case HTML -> false;
          case JSON -> true;
          case BOTH -> request.accepts(SimplePages.JSON);
        };
    byte[] content = (asJson ? json : html).getBytes(UTF_8);
    Answer page =
        Answer.of(200, asJson ? SimplePages.JSON : SimplePages.HTML, content)
            .with("Vary", "Accept");
    if (etags) {
      page = page.with("ETag", '"' + Sha256.digest(content).hex() + '"');
    }
    for (Map.Entry<String, String> header : pageHeaders.entrySet()) {
      page = page.with(header.getKey(), header.getValue());
    }
    return isUnchanged(request, page) ? page.asNotModified() : page;
  }

  private static boolean isUnchanged(FakeRequest request, Answer page) {
    Optional<String> etag = request.header("If-None-Match");
    return etag.isPresent()
        ? etag.equals(page.header("ETag"))
        : request.header("If-Modified-Since").isPresent()
            && request.header("If-Modified-Since").equals(page.header("Last-Modified"));
  }
}
