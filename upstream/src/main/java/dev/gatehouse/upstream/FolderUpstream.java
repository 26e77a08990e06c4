package dev.gatehouse.upstream;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.ReadPage;
import dev.gatehouse.upstream.UpstreamFailure.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An index that lies in a folder: a simple tree, a flat folder of artifacts, or both. Each project
 * has one source in it:
 *
 * <ol>
 *   <li>the folder of its normalised name, when that holds a page ({@code index.json}, else {@code
 *       index.html}) or artifacts of the project;
 *   <li>otherwise the artifacts of the project that lie directly in the upstream's folder.
 * </ol>
 *
 * <p>That is decided for each project and each time, not once for the folder: a folder may be empty
 * when the server starts, and a stray file must not turn a tree of thousands into a flat folder.
 */
final class FolderUpstream implements Upstream {
  private static final System.Logger LOG = System.getLogger(FolderUpstream.class.getName());

  /** Who fills the folder sees the change at once; a burst of requests reads it once. */
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final String name;
  private final Path folder;
  private final FolderFiles files = new FolderFiles();

  FolderUpstream(UpstreamSettings settings) {
    this.name = settings.name();
    this.folder = Path.of(settings.url());
  }

  @Override
  public String name() {
    return name;
  }

  /** It is looked at anew each time; a folder knows no validators. */
  @Override
  public PageOutcome page(ProjectName project, @Nullable Validator validator) {
    Attempt attempt = attempt("the page of " + project);
    try {
      return find(project)
          .<PageOutcome>map(
              read ->
                  new PageOutcome.Fresh(read.page(), Validator.none(), MAX_AGE, read.problems()))
          .orElseGet(PageOutcome.Absent::new);
    } catch (MalformedException e) {
      return new PageOutcome.Unavailable(
          attempt.failed(
              Code.MALFORMED,
              String.valueOf(e.getMessage()),
              "Mend the page in the project's folder, or take it away to offer all that lies there."));
    } catch (IOException e) {
      return new PageOutcome.Unavailable(failure(e, attempt));
    }
  }

  private Optional<ReadPage> find(ProjectName project) throws IOException {
    FolderRoot root = FolderRoot.open(folder);
    Optional<ReadPage> own = new ProjectFolder(root, project).page(files);
    Optional<ReadPage> found = own.isPresent() ? own : new FlatFolder(root).page(project, files);
    // A folder that went away meanwhile looks like one whose files did.
    FolderRoot.open(folder);
    return found;
  }

  @Override
  public FileOutcome artifact(PageFile file) {
    return fetch(file.url(), attempt(file.name().filename()), FolderUpstream::content);
  }

  /** The metadata comes from the wheel itself, whatever else lies beside it. */
  @Override
  public FileOutcome metadata(PageFile file) {
    return fetch(
        file.url(),
        attempt("the metadata of " + file.name()),
        (path, attempt) -> metadata(path, file.name()));
  }

  private FileOutcome metadata(Path artifact, ArtifactName artifactName) throws IOException {
    return files
        .metadata(artifact, artifactName)
        .<FileOutcome>map(
            bytes -> new FileOutcome.Content(new ByteArrayInputStream(bytes), (long) bytes.length))
        .orElseGet(FileOutcome.Absent::new);
  }

  @Override
  public FileOutcome provenance(PageFile file) {
    URI address = file.provenance();
    return address == null
        ? new FileOutcome.Absent()
        : fetch(address, attempt("the provenance of " + file.name()), FolderUpstream::content);
  }

  @Override
  public List<ProjectName> projects() {
    try {
      FolderRoot root = FolderRoot.open(folder);
      Set<ProjectName> projects = new TreeSet<>(new FlatFolder(root).projects());
      for (String child : FolderRoot.names(root.inside(root.folder()))) {
        Optional<ProjectName> project =
            ProjectName.parseIfValid(child).filter(p -> p.normalized().equals(child));
        if (project.isPresent() && new ProjectFolder(root, project.get()).isThere()) {
          projects.add(project.get());
        }
      }
      return List.copyOf(projects);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          failure(e, new Attempt("list the projects of the upstream " + name)).message());
      return List.of();
    }
  }

  @Override
  public boolean datedByOperator() {
    return true;
  }

  private Attempt attempt(String what) {
    return new Attempt("take %s from the folder of the upstream %s".formatted(what, name));
  }

  /** What to do with a file that was found. */
  private interface Use {
    FileOutcome of(Path file, Attempt attempt) throws IOException;
  }

  private FileOutcome fetch(URI address, Attempt attempt, Use use) {
    try {
      return use.of(FolderRoot.open(folder).file(address), attempt);
    } catch (NoSuchFileException e) {
      return new FileOutcome.Absent();
    } catch (IOException e) {
      return new FileOutcome.Unavailable(failure(e, attempt));
    }
  }

  private static FileOutcome content(Path file, Attempt attempt) throws IOException {
    long length = Files.size(file);
    InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    return new FileOutcome.Content(new DeliveredStream(in, length, attempt, in), length);
  }

  private static UpstreamFailure failure(IOException e, Attempt attempt) {
    FolderException known =
        e instanceof FolderException ours
            ? ours
            : new FolderException(Code.FOLDER, "it cannot be read", e);
    return known.toFailure(attempt);
  }
}
