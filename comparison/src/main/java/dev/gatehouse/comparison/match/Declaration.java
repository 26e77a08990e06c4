package dev.gatehouse.comparison.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.comparison.source.Source;
import dev.gatehouse.comparison.source.SourceException;
import dev.gatehouse.comparison.source.Tree;
import dev.gatehouse.comparison.source.TreeFile;
import dev.gatehouse.packaging.name.ProjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the source declares of the project: the texts of {@code pyproject.toml}, {@code setup.cfg},
 * {@code setup.py}, {@code entry_points.txt} and the requirement files beside them. They are read
 * as texts and not as what a build would make of them, since a {@code setup.py} would have to be
 * run for that: what an artifact claims must be written somewhere in them.
 */
final class Declaration {
  private static final List<String> FILES =
      List.of("pyproject.toml", "setup.cfg", "setup.py", "entry_points.txt", "meson.build");
  private static final Pattern METADATA =
      Pattern.compile("[^/]+\\.dist-info/(METADATA|entry_points\\.txt)");
  private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']{1,300})[\"']");
  private static final int MOST_BYTES = 2 << 20;
  private static final int MOST_FILES = 60;

  private final String texts;
  private final String squeezed;

  private Declaration(String texts) {
    this.texts = texts;
    this.squeezed = "\n" + squeeze(texts.replaceAll("(?m)[#;].*+$", "").replace("\r", "")) + "\n";
  }

  /**
   * Reads those of the folder that the packages lie in, or else of the nearest above it that has
   * one.
   *
   * @param root of the packages, empty or with a slash behind
   */
  static Declaration of(Source source, Tree tree, String root) throws SourceException {
    String folder = folder(tree, root);
    StringBuilder texts = new StringBuilder();
    for (TreeFile file : files(tree, folder)) {
      byte[] content = source.read(file.id());
      if (content.length <= MOST_BYTES - texts.length()) {
        texts.append(text(file, content)).append('\n');
      }
    }
    return new Declaration(texts.toString());
  }

  /** The description of a project names whatever it likes, and declares nothing. */
  private static String text(TreeFile file, byte[] content) {
    String text = new String(content, UTF_8);
    int description = isHeaders(file.path()) ? text.replace("\r", "").indexOf("\n\n") : -1;
    return description < 0 ? text : text.substring(0, description);
  }

  private static boolean isHeaders(String path) {
    return path.endsWith("/METADATA") || path.equals("PKG-INFO");
  }

  private static String folder(Tree tree, String root) {
    String folder = root;
    while (true) {
      String here = folder;
      if (folder.isEmpty() || FILES.stream().anyMatch(name -> tree.find(here + name).isPresent())) {
        return folder;
      }
      folder = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
    }
  }

  private static List<TreeFile> files(Tree tree, String folder) {
    List<TreeFile> files = new ArrayList<>();
    for (String name : FILES) {
      tree.find(folder + name).filter(Declaration::isPlain).ifPresent(files::add);
    }
    tree.files().stream()
        .filter(file -> file.path().startsWith(folder) && isPlain(file))
        .filter(
            file -> {
              String path = file.path().substring(folder.length());
              return isRequirements(path) || isMetadata(path);
            })
        .limit(MOST_FILES)
        .forEach(files::add);
    return files;
  }

  /** What another artifact says of itself, where one is held against it. */
  private static boolean isMetadata(String path) {
    return path.equals("PKG-INFO") || METADATA.matcher(path).matches();
  }

  private static boolean isRequirements(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    int slash = lower.lastIndexOf('/');
    boolean inFolder = lower.startsWith("requirement") && slash == lower.indexOf('/');
    return (lower.endsWith(".txt") || lower.endsWith(".in"))
        && (slash < 0 ? lower.contains("require") || lower.contains("depend") : inFolder);
  }

  private static boolean isPlain(TreeFile file) {
    return file.mode() == TreeFile.Mode.FILE || file.mode() == TreeFile.Mode.EXECUTABLE;
  }

  /** Without what the ways to write a table differ in. */
  private static String squeeze(String text) {
    return text.replaceAll("[ \t\"']", "");
  }

  /** Whether nothing is declared anywhere. */
  boolean isEmpty() {
    return texts.isBlank();
  }

  /** Whether the source names a project at all, with any version. */
  boolean names(ProjectName project) {
    String name = project.normalized().replace("-", "[-_.]+");
    return Pattern.compile("(?i)(?<![A-Za-z0-9._-])" + name + "(?![A-Za-z0-9_-])")
        .matcher(texts)
        .find();
  }

  /**
   * Whether the source writes {@code name = value} in whatever form: as a line, in an inline table,
   * behind a dotted key, as a quoted text of Python. A longer name or value is another one.
   */
  boolean declares(String name, String value) {
    String assignment = squeeze(name + "=" + value);
    return Pattern.compile("(?<=[\n{,.])" + Pattern.quote(assignment) + "(?=[\n},])")
            .matcher(squeezed)
            .find()
        || texts.lines().flatMap(line -> quoted(line).stream()).anyMatch(assignment::equals);
  }

  private static List<String> quoted(String line) {
    return QUOTED.matcher(line).results().map(match -> squeeze(match.group(1))).toList();
  }
}
