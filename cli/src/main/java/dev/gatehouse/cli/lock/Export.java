package dev.gatehouse.cli.lock;

import dev.gatehouse.cli.client.Administration;
import dev.gatehouse.cli.client.Administration.Fetched;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.HtmlPages;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One export: fetches what a lock settles on as an installer would, so that nothing leaves the
 * server that it does not admit, and writes it as a simple tree.
 */
final class Export {
  private static final String PAGE_TYPE = "application/vnd.pypi.simple.v1+json";

  /** As the server bounds them. In bytes. */
  private static final long MOST_ARTIFACT = 8L << 30;

  /** Ten times the largest page on PyPI. */
  private static final long MOST_PAGE = 256L << 20;

  private static final long MOST_ADVISORIES = 2L << 30;

  /** The files' addresses are left out: nothing is resolved against it. */
  private static final URI NO_BASE = URI.create("http://invalid.invalid/");

  private final Administration server;
  private final ExportFolder folder;
  private final List<String> notCovered = new ArrayList<>();

  /** By project and file name, what was fetched: into files that are numbered for now. */
  private final Map<ProjectName, Map<String, Path>> fetched = new TreeMap<>();

  private int number;

  /** By project and file name, how the page tells of it. */
  private final Map<ProjectName, Map<String, PageFile>> listed = new TreeMap<>();

  private final Map<ProjectName, List<PageFile>> exported = new TreeMap<>();

  Export(Administration server, ExportFolder folder) {
    this.server = server;
    this.folder = folder;
  }

  /**
   * Writes everything into the folder, but for putting that into its place.
   *
   * @param lock the lock's file name
   */
  VerdictsDocument write(LockedVersions locked, String lock, Instant now) throws IOException {
    notCovered.addAll(locked.uncovered());
    for (JsonNode version : ApprovalPlan.versions(server, locked)) {
      ProjectName project = ProjectName.parse(version.path("project").asString(""));
      for (JsonNode file : version.path("files")) {
        if (Set.of("admit", "pending").contains(verdict(file))) {
          fetch(project, file.path("file").asString(""));
        }
      }
    }
    for (ProjectName project : fetched.keySet()) {
      listed.put(project, page(project));
    }
    @Nullable String advisories = advisories();
    VerdictsDocument document =
        new VerdictsDocument(lock, now.toString(), server.get("status"), advisories, notCovered);
    // By now everything was vetted: these are the verdicts that count.
    for (JsonNode version : ApprovalPlan.versions(server, locked)) {
      settle(version, document);
    }
    for (Map.Entry<ProjectName, List<PageFile>> project : exported.entrySet()) {
      Files.write(
          folder.file(project.getKey(), "index.html"),
          HtmlPages.write(ProjectPage.of(project.getKey(), project.getValue())));
    }
    document.write(folder.file(ExportFolder.VERDICTS));
    return document;
  }

  private static String verdict(JsonNode file) {
    return file.path("now").path("verdict").asString("");
  }

  private static String version(JsonNode version) {
    return version.path("version").asString("");
  }

  private void fetch(ProjectName project, String name) {
    Path file = folder.file("fetched." + ++number);
    switch (server.fetch("files/" + project + "/" + encoded(name), "*/*", file, MOST_ARTIFACT)) {
      case Fetched.Done _ ->
          fetched.computeIfAbsent(project, _ -> new LinkedHashMap<>()).put(name, file);
      case Fetched.Refused(int status, String title) -> {
        // What is refused is told with its verdict at the end.
        if (status != 403) {
          notCovered.add(name + ": " + title);
        }
      }
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Map<String, PageFile> page(ProjectName project) throws IOException {
    Path page = folder.file("page.json");
    Map<String, PageFile> files = new LinkedHashMap<>();
    switch (server.fetch("simple/" + project + "/", PAGE_TYPE, page, MOST_PAGE)) {
      case Fetched.Done _ -> {
        try (InputStream in = Files.newInputStream(page)) {
          JsonPages.read(in, project, NO_BASE)
              .page()
              .files()
              .forEach(file -> files.put(file.name().filename(), file));
        } catch (MalformedException e) {
          notCovered.add(project + ": " + e.getMessage());
        }
        Files.delete(page);
      }
      case Fetched.Refused(_, String title) -> notCovered.add(project + ": " + title);
    }
    return files;
  }

  private @Nullable String advisories() throws IOException {
    Path file = folder.file("advisories.part");
    return switch (server.fetch("api/advisories", "*/*", file, MOST_ADVISORIES)) {
      case Fetched.Done(String type) -> {
        String name = type.contains("zip") ? "advisories.zip" : "advisories.json";
        Files.move(file, folder.file(name));
        yield name;
      }
      case Fetched.Refused _ -> null;
    };
  }

  private void settle(JsonNode version, VerdictsDocument document) throws IOException {
    ProjectName project = ProjectName.parse(version.path("project").asString(""));
    if (version.path("problem").isString()) {
      notCovered.add(
          "%s==%s: %s".formatted(project, version(version), version.path("problem").asString("")));
    }
    for (JsonNode file : version.path("files")) {
      String name = file.path("file").asString("");
      Path path = fetched.getOrDefault(project, Map.of()).get(name);
      Optional<PageFile> entry = path == null ? Optional.empty() : entry(project, name, file, path);
      if (path != null && entry.isPresent()) {
        exported.computeIfAbsent(project, _ -> new ArrayList<>()).add(entry.get());
        document.add(project.normalized(), version(version), file, Files.size(path));
        Files.move(path, folder.file(project, name));
      } else {
        if (path != null) {
          Files.delete(path);
        }
        document.leaveOut(project.normalized(), version(version), file);
      }
    }
  }

  /** How the export's page tells of a file; empty where the file is not admitted, or another. */
  private Optional<PageFile> entry(ProjectName project, String name, JsonNode file, Path path)
      throws IOException {
    PageFile known = listed.getOrDefault(project, Map.of()).get(name);
    if (known == null || !verdict(file).equals("admit")) {
      return Optional.empty();
    }
    Sha256 sha256;
    try (InputStream in = Files.newInputStream(path)) {
      sha256 = Sha256.of(in);
    }
    if (!sha256.hex().equals(file.path("sha256").asString(""))) {
      notCovered.add(name + ": its bytes are not those of its verdict");
      return Optional.empty();
    }
    return Optional.of(
        new PageFile(
            known.name(),
            URI.create(encoded(name)),
            Map.of("sha256", sha256.hex()),
            Files.size(path),
            known.uploadTime(),
            null,
            known.requiresPython(),
            MetadataOffer.none(),
            known.yank(),
            null));
  }
}
