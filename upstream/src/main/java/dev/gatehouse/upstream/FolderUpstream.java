package dev.gatehouse.upstream;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.HtmlPages;
import dev.gatehouse.packaging.simple.JsonPages;
import dev.gatehouse.packaging.simple.MetadataOffer;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ProjectPage;
import dev.gatehouse.packaging.simple.ProjectStatus;
import dev.gatehouse.packaging.simple.ReadPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A folder as an index. A project's files are those of its own folder, {@code <normalised name>/},
 * as that folder's {@code index.json} or {@code index.html} lists them, or all of it where it has
 * neither; a project without a folder has the files that lie in the root. So a tree made for a web
 * server and a heap of wheels both work.
 *
 * <p>Whatever a page or a link says, only what really lies inside the root is given.
 */
final class FolderUpstream implements Upstream {
  /** A folder is looked at again soon: to do so costs little. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger(FolderUpstream.class.getName());

  private final String name;
  private final Path root;
  private final FolderFacts facts = new FolderFacts();

  FolderUpstream(String name, Path root) {
    this.name = name;
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean datedByOperator() {
    return true;
  }

  @Override
  public PageOutcome page(ProjectName project, @Nullable Validator validator) {
    try {
      Path inside = root.toRealPath();
      ReadPage listed = list(inside, project);
      if (listed.page().files().isEmpty()
          && !Files.isDirectory(inside.resolve(project.normalized()))) {
        return new PageOutcome.Absent();
      }
      return fresh(inside, listed);
    } catch (IOException | MalformedException e) {
      return new PageOutcome.Unavailable(
          failures("read the page of " + project).folder(problem(e)));
    }
  }

  private UpstreamFailures failures(String tried) {
    return new UpstreamFailures(tried + " in the folder " + root + " of the upstream " + name);
  }

  private static String problem(Exception e) {
    return e instanceof FileSystemException f && f.getReason() == null
        ? e.getClass().getSimpleName() + " at " + f.getFile()
        : String.valueOf(e.getMessage());
  }

  private static ReadPage list(Path inside, ProjectName project) throws IOException {
    Path folder = inside.resolve(project.normalized());
    if (!Files.isDirectory(folder)) {
      return heap(inside, project);
    }
    Path json = folder.resolve("index.json");
    Path html = folder.resolve("index.html");
    if (Files.isRegularFile(json)) {
      try (InputStream in = Files.newInputStream(json)) {
        return JsonPages.read(in, project, folder.toUri());
      }
    }
    if (Files.isRegularFile(html)) {
      try (InputStream in = Files.newInputStream(html)) {
        return HtmlPages.read(in, project, folder.toUri());
      }
    }
    return heap(folder, project);
  }

  /** The artifacts of the project that lie in a folder, whatever else lies there. */
  private static ReadPage heap(Path folder, ProjectName project) throws IOException {
    List<PageFile> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        ArtifactName.parseIfValid(entry.getFileName().toString(), project)
            .filter(_ -> Files.isRegularFile(entry))
            .ifPresent(artifact -> files.add(PageFile.builder(artifact, entry.toUri()).build()));
      }
    }
    files.sort(
        Comparator.comparing((PageFile file) -> file.name().version())
            .thenComparing(file -> file.name().filename()));
    List<String> versions =
        files.stream().map(file -> file.name().version().toString()).distinct().toList();
    return new ReadPage(
        new ProjectPage(project, ProjectStatus.active(), versions, files), List.of());
  }

  private PageOutcome fresh(Path inside, ReadPage listed) throws IOException {
    List<String> problems = new ArrayList<>(listed.problems());
    List<PageFile> files = new ArrayList<>();
    for (PageFile file : listed.page().files()) {
      Optional<Path> path = find(inside, file);
      if (path.isPresent()) {
        files.add(complete(file, path.get()));
      } else {
        problems.add(file.name().filename() + " does not lie in the folder");
      }
    }
    ProjectPage page = listed.page();
    return new PageOutcome.Fresh(
        new ProjectPage(page.name(), page.status(), page.versions(), files),
        Validator.none(),
        FRESH,
        problems);
  }

  private PageFile complete(PageFile file, Path path) throws IOException {
    FolderFacts.Facts known = facts.of(path, file.name());
    PageFile.Builder complete =
        file.toBuilder()
            .url(path.toUri())
            .size(known.size())
            .provenance(null)
            .metadata(
                known.metadata() == null
                    ? MetadataOffer.none()
                    : MetadataOffer.hashed(known.metadata()));
    return file.sha256().isPresent() ? complete.build() : complete.sha256(known.sha256()).build();
  }

  /** The file, where it really lies inside: links are followed first. */
  private static Optional<Path> find(Path inside, PageFile file) throws IOException {
    if (!"file".equals(file.url().getScheme())) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(file.url()).toRealPath();
      return path.startsWith(inside) && Files.isRegularFile(path)
          ? Optional.of(path)
          : Optional.empty();
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public FileOutcome artifact(PageFile file) {
    UpstreamFailures failures = failures("read " + file.name().filename());
    try {
      Optional<Path> path = find(root.toRealPath(), file);
      if (path.isEmpty()) {
        return new FileOutcome.Absent();
      }
      return new FileOutcome.Content(Files.newInputStream(path.get()), Files.size(path.get()));
    } catch (NoSuchFileException e) {
      return new FileOutcome.Absent();
    } catch (IOException e) {
      return new FileOutcome.Unavailable(failures.folder(problem(e)));
    }
  }

  @Override
  public FileOutcome metadata(PageFile file) {
    UpstreamFailures failures = failures("read the metadata of " + file.name().filename());
    try {
      Optional<Path> path = find(root.toRealPath(), file);
      Optional<byte[]> metadata =
          path.isPresent() && file.name() instanceof WheelName wheel
              ? FolderFacts.metadata(path.get(), wheel)
              : Optional.empty();
      return metadata
          .<FileOutcome>map(
              bytes ->
                  new FileOutcome.Content(new ByteArrayInputStream(bytes), (long) bytes.length))
          .orElseGet(FileOutcome.Absent::new);
    } catch (NoSuchFileException e) {
      return new FileOutcome.Absent();
    } catch (IOException e) {
      return new FileOutcome.Unavailable(failures.folder(problem(e)));
    }
  }

  /** A folder offers none: what lies in a file cannot be told from what somebody put there. */
  @Override
  public FileOutcome provenance(PageFile file) {
    return new FileOutcome.Absent();
  }

  @Override
  public List<ProjectName> projects() {
    TreeSet<ProjectName> projects = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        String text = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
          ProjectName.parseIfValid(text)
              .filter(project -> project.normalized().equals(text))
              .ifPresent(projects::add);
        } else {
          heaped(text).ifPresent(projects::add);
        }
      }
    } catch (IOException e) {
      // The list is a courtesy; a page that cannot be read says so itself.
      LOG.log(Level.WARNING, "Could not list the folder of the upstream " + name, e);
      return List.of();
    }
    return List.copyOf(projects);
  }

  /**
   * The project of a file in the root: what stands before the first dash of a wheel's name, the
   * last of an sdist's.
   */
  private static Optional<ProjectName> heaped(String fileName) {
    int dash = fileName.endsWith(".whl") ? fileName.indexOf('-') : fileName.lastIndexOf('-');
    return dash < 0
        ? Optional.empty()
        : ProjectName.parseIfValid(fileName.substring(0, dash))
            .filter(project -> ArtifactName.parseIfValid(fileName, project).isPresent());
  }
}
