package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Problem;
import dev.gatehouse.provenance.workflow.WorkflowFile.Form;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.YamlException;
import dev.gatehouse.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The workflows of a repository's folder, and the actions in it: {@code .github/workflows}, {@code
 * .github/actions}, {@code action.yml}, {@code .gitlab-ci.yml}, and the actions that a workflow
 * names by a path. Links are not followed, and nothing outside of the folder is read.
 */
public final class WorkflowFiles {
  private static final int MOST_FILES = 1_000;
  private static final int MOST_DEPTH = 4;

  private final List<WorkflowFile> files;
  private final List<Problem> problems;

  private WorkflowFiles(List<WorkflowFile> files, List<Problem> problems) {
    this.files = List.copyOf(files);
    this.problems = List.copyOf(problems);
  }

  /**
   * Reads them from a folder.
   *
   * @throws IOException where the folder itself cannot be listed
   */
  public static WorkflowFiles read(Path repository) throws IOException {
    Reader reader = new Reader(repository);
    reader.list(".github/workflows", Form.GITHUB_WORKFLOW, 0);
    reader.list(".github/actions", Form.GITHUB_ACTION, MOST_DEPTH);
    reader.action("");
    reader.file(WorkflowFile.GITLAB, Form.GITLAB_PIPELINE);
    reader.includes();
    reader.namedActions();
    if (reader.seen.isEmpty()) {
      reader.problems.add(
          new Problem(
              null,
              "No workflow was read: there is neither .github/workflows with a .yml or .yaml file nor"
                  + " .gitlab-ci.yml. Name the folder of a repository."));
    }
    return new WorkflowFiles(reader.files, reader.problems);
  }

  /** What is read from a text, for edits that were not written yet. */
  WorkflowFiles with(Map<String, String> changed) throws YamlException {
    List<WorkflowFile> next = new ArrayList<>();
    for (WorkflowFile file : files) {
      String text = changed.get(file.path());
      next.add(text == null ? file : WorkflowFile.of(file.path(), file.form(), text));
    }
    return new WorkflowFiles(next, problems);
  }

  List<WorkflowFile> of(Form form) {
    return files.stream().filter(file -> file.form() == form).toList();
  }

  /** The file at this path inside the repository. */
  Optional<WorkflowFile> at(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** The action that {@code uses: ./PATH} names. */
  Optional<WorkflowFile> action(String uses) {
    String folder = folder(uses);
    return at(join(folder, "action.yml")).or(() -> at(join(folder, "action.yaml")));
  }

  private static String folder(String uses) {
    String path = uses.substring(2);
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** What could not be read. */
  List<Problem> problems() {
    return problems;
  }

  /** How many files were read. */
  int count() {
    return files.size();
  }

  /** One reading. */
  private static final class Reader {
    private final Path repository;
    private final List<WorkflowFile> files = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final TreeSet<String> seen = new TreeSet<>();

    Reader(Path repository) {
      // The folder where one is has an empty name, which nothing lies in.
      this.repository = repository.toAbsolutePath().normalize();
    }

    void list(String folder, Form form, int depth) throws IOException {
      Path path = repository.resolve(folder);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          problems.add(new Problem(folder, "Not read: it is no folder, or a link."));
        }
        return;
      }
      TreeSet<String> names = new TreeSet<>();
      try (DirectoryStream<Path> listed = Files.newDirectoryStream(path)) {
        for (Path each : listed) {
          names.add(each.getFileName().toString());
          if (names.size() > MOST_FILES) {
            problems.add(
                new Problem(folder, "Not all was read: more than %d files.".formatted(MOST_FILES)));
            break;
          }
        }
      } catch (AccessDeniedException e) {
        problems.add(new Problem(folder, "Could not be read: permission denied."));
      }
      for (String name : names) {
        String child = folder + "/" + name;
        boolean matches =
            form == Form.GITHUB_WORKFLOW
                ? name.endsWith(".yml") || name.endsWith(".yaml")
                : name.equals("action.yml") || name.equals("action.yaml");
        if (matches) {
          file(child, form);
        } else if (depth > 0
            && Files.isDirectory(repository.resolve(child), LinkOption.NOFOLLOW_LINKS)) {
          list(child, form, depth - 1);
        }
      }
    }

    void action(String folder) {
      file(join(folder, "action.yml"), Form.GITHUB_ACTION);
      file(join(folder, "action.yaml"), Form.GITHUB_ACTION);
    }

    /** Files of the same repository that a pipeline includes. */
    void includes() {
      for (int i = 0; i < files.size(); i++) {
        WorkflowFile file = files.get(i);
        if (file.form() != Form.GITLAB_PIPELINE) {
          continue;
        }
        for (Yaml include : file.root().list("include")) {
          String local =
              switch (include) {
                case Yaml.Scalar scalar -> scalar.text().contains("://") ? "" : scalar.text();
                case Yaml.Mapping mapping -> mapping.text("local");
                case Yaml.Sequence _ -> "";
              };
          String path = local.replaceFirst("^/+", "");
          if (path.contains("*") || path.contains("$")) {
            problems.add(
                new Problem(
                    file.path(),
                    "Line %d: not read is what it includes by a pattern or a variable."
                        .formatted(include.line())));
          } else if (!path.isEmpty()) {
            file(path, Form.GITLAB_PIPELINE);
          }
        }
      }
    }

    /** Actions may use others. */
    void namedActions() {
      for (int i = 0; i < files.size(); i++) {
        WorkflowFile file = files.get(i);
        if (file.form() == Form.GITLAB_PIPELINE) {
          continue;
        }
        file.root()
            .scalars()
            .map(scalar -> scalar.text())
            .filter(text -> text.startsWith("./") && !text.contains("\n"))
            .filter(text -> !text.endsWith(".yml") && !text.endsWith(".yaml"))
            .toList()
            .forEach(uses -> action(folder(uses)));
      }
    }

    void file(String child, Form form) {
      Path path;
      try {
        path = repository.resolve(child).normalize();
      } catch (IllegalArgumentException e) {
        return;
      }
      if (!path.startsWith(repository)
          || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
          || !seen.add(child)) {
        return;
      }
      if (seen.size() > MOST_FILES) {
        problems.add(new Problem(child, "Not read: more than %d files.".formatted(MOST_FILES)));
        return;
      }
      try {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          throw new YamlException("it is a link or no file");
        }
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
          files.add(WorkflowFile.of(child, form, in.readNBytes(YamlReader.MOST_BYTES + 1)));
        }
      } catch (YamlException e) {
        problems.add(new Problem(child, "Could not be read: " + e.getMessage() + "."));
      } catch (AccessDeniedException e) {
        problems.add(new Problem(child, "Could not be read: permission denied."));
      } catch (IOException e) {
        problems.add(new Problem(child, "Could not be read: " + e.getMessage() + "."));
      }
    }
  }
}
