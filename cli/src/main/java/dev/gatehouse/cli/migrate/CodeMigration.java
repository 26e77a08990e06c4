package dev.gatehouse.cli.migrate;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.gatehouse.cli.outcome.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A folder's uses of LiteLLM.
 *
 * @param uses by file and line
 * @param patch unified, with {@code a/} and {@code b/}; empty where nothing is plain
 * @param problems what could not be read, a sentence each
 * @param files how many files were read
 */
record CodeMigration(List<Use> uses, String patch, List<String> problems, int files) {
  private static final int MOST_FILES = 50_000;
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_PROBLEMS = 100;
  private static final int CONTEXT = 3;

  /** No file has it: it is no character (Unicode, noncharacters). */
  private static final String NO_END = "\uffff";

  /** What others installed or built there. */
  private static final Set<String> NOT_OURS =
      Set.of("node_modules", "site-packages", "__pycache__", "venv", "env", "build", "dist");

  private static final Pattern REQUIREMENT =
      Pattern.compile("\\s*litellm\\s*(?:[\\[(=<>~!;@#].*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern IN_PROJECT =
      Pattern.compile(
          "[^#]*(?:^|[\\s\"'\\[,])litellm\\s*(?:[\"'\\[(=<>~!;@].*)?", Pattern.CASE_INSENSITIVE);

  CodeMigration {
    uses = List.copyOf(uses);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a folder; links are not followed, hidden folders and those of installed packages are left
   * out.
   *
   * @param gateway the base URL that a patch writes
   */
  static CodeMigration of(Path folder, String gateway) throws IOException {
    Reading reading = new Reading(folder, gateway);
    Files.walkFileTree(folder, reading);
    return reading.result();
  }

  private static final class Reading extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final String gateway;
    private final TreeMap<String, List<Use>> uses = new TreeMap<>();
    private final TreeMap<String, String> diffs = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int files;

    Reading(Path folder, String gateway) {
      this.folder = folder;
      this.gateway = gateway;
    }

    CodeMigration result() {
      return new CodeMigration(
          uses.values().stream().flatMap(List::stream).toList(),
          String.join("", diffs.values()),
          problems,
          files);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      String name = String.valueOf(path.getFileName());
      boolean isOurs =
          path.equals(folder)
              || !(name.startsWith(".")
                  || NOT_OURS.contains(name)
                  || Files.exists(path.resolve("pyvenv.cfg")));
      return isOurs ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      Form form = Form.of(String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT));
      if (form == Form.OTHER || !attributes.isRegularFile()) {
        return FileVisitResult.CONTINUE;
      }
      if (files == MOST_FILES) {
        problem("There are more than %d files; the rest was not read.".formatted(MOST_FILES));
        return FileVisitResult.TERMINATE;
      }
      files++;
      String shown = folder.relativize(path).toString().replace('\\', '/');
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          problem("%s has more than %d bytes; it was not read.".formatted(shown, MOST_BYTES));
        } else {
          read(shown, form, bytes);
        }
      } catch (IOException e) {
        problem("%s could not be read: %s.".formatted(shown, Reasons.of(e)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      problem("%s could not be read: %s.".formatted(folder.relativize(path), Reasons.of(e)));
      return FileVisitResult.CONTINUE;
    }

    private void problem(String sentence) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(sentence);
      }
    }

    private void read(String file, Form form, byte[] bytes) {
      switch (form) {
        case PYTHON -> python(file, bytes);
        case NOTEBOOK -> notebook(file, bytes);
        case REQUIREMENTS -> named(file, bytes, REQUIREMENT);
        case PROJECT -> named(file, bytes, IN_PROJECT);
        case OTHER -> throw new IllegalStateException("such files are passed over");
      }
    }

    private void python(String file, byte[] bytes) {
      SourceMigration migration = new SourceMigration(file, bytes, gateway);
      if (!migration.uses().isEmpty()) {
        uses.put(file, migration.uses());
      }
      if (migration.unread() > 0) {
        problem(
            "%s: %d statements could not be read; what they use is not told."
                .formatted(file, migration.unread()));
      }
      migration.changed().ifPresent(now -> diffs.put(file, diff(file, migration.before(), now)));
    }

    private void notebook(String file, byte[] bytes) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      int at = text.indexOf("import litellm");
      int other = text.indexOf("from litellm");
      int first = at < 0 ? other : other < 0 ? at : Math.min(at, other);
      if (first >= 0) {
        int line = (int) text.substring(0, first).lines().count();
        uses.put(
            file,
            List.of(
                new Use(
                    file,
                    Math.max(1, line),
                    "a notebook that imports litellm",
                    "from openai import OpenAI",
                    "notebooks are not changed",
                    false)));
      }
    }

    private void named(String file, byte[] bytes, Pattern pattern) {
      List<Use> found = new ArrayList<>();
      String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1);
      for (int i = 0; i < lines.length; i++) {
        if (lines[i].length() < 1000 && pattern.matcher(lines[i]).matches()) {
          found.add(
              new Use(
                  file,
                  i + 1,
                  "litellm as a requirement",
                  "openai, once nothing uses litellm any more",
                  "requirements and locks are written by your own tool",
                  false));
        }
      }
      if (!found.isEmpty()) {
        uses.put(file, found);
      }
    }

    private static String diff(String path, String before, String now) {
      List<String> old = lines(before);
      List<String> lines =
          UnifiedDiffUtils.generateUnifiedDiff(
              "a/" + path, "b/" + path, old, DiffUtils.diff(old, lines(now)), CONTEXT);
      StringBuilder text = new StringBuilder();
      for (String line : lines) {
        // A last line without an end of its own is marked as diff does.
        boolean cut = line.endsWith(NO_END);
        text.append(cut ? line.substring(0, line.length() - 1) : line).append('\n');
        if (cut) {
          text.append("\\ No newline at end of file\n");
        }
      }
      return text.toString();
    }

    /** A carriage return belongs to its line. */
    private static List<String> lines(String text) {
      List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
      if (lines.getLast().isEmpty()) {
        lines.removeLast();
      } else {
        lines.set(lines.size() - 1, lines.getLast() + NO_END);
      }
      return lines;
    }
  }

  private enum Form {
    PYTHON,
    NOTEBOOK,
    REQUIREMENTS,
    PROJECT,
    OTHER;

    static Form of(String name) {
      if (name.endsWith(".py") || name.endsWith(".pyi") || name.endsWith(".pyw")) {
        return PYTHON;
      }
      if (name.endsWith(".ipynb")) {
        return NOTEBOOK;
      }
      boolean isList = name.endsWith(".txt") || name.endsWith(".in");
      if (isList && (name.contains("require") || name.contains("constraint"))) {
        return REQUIREMENTS;
      }
      boolean isProject =
          Set.of(
                  "pyproject.toml",
                  "setup.cfg",
                  "pipfile",
                  "pipfile.lock",
                  "poetry.lock",
                  "uv.lock",
                  "pdm.lock",
                  "pylock.toml",
                  "environment.yml",
                  "environment.yaml")
              .contains(name);
      return isProject ? PROJECT : OTHER;
    }
  }
}
