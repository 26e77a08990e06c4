package dev.gatehouse.inspection.environment;

import static dev.gatehouse.inspection.environment.EnvironmentRules.INTERPRETER_CONFIG;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Plans and judges the files that decide how the interpreter of an environment starts: {@code
 * pyvenv.cfg} (PEP 405), {@code python._pth} ("Finding modules" of Python on Windows), a library in
 * a ZIP, and folders that anybody may write to.
 */
final class InterpreterConfiguration {
  private final FileJudge files;
  private final Environment environment;

  private InterpreterConfiguration(FileJudge files, Environment environment) {
    this.files = files;
    this.environment = environment;
  }

  static void plan(FileJudge files, Environment environment) {
    new InterpreterConfiguration(files, environment).plan();
  }

  private void plan() {
    files.plan(at("pyvenv.cfg"), this::configuration);
    for (String name : List.of("pip.conf", "pip.ini")) {
      files.plan(at(name), PackageIndexes::configuration);
    }
    for (String folder : List.of("bin", "Scripts")) {
      files.plan(at(folder + "/pyvenv.cfg"), this::misplaced);
    }
    for (String folder : List.of("", "bin", "Scripts")) {
      for (TreeEntry entry : files.list(at(folder))) {
        if (entry.name().endsWith("._pth")) {
          files.plan(entry.path(), (path, content) -> pathFile(path, entry.name(), content));
        }
      }
    }
    for (String folder : List.of("lib", "lib64")) {
      files.list(at(folder)).stream()
          .filter(entry -> isLibraryArchive(entry.name()))
          .forEach(this::libraryArchive);
    }
    for (String site : environment.sites()) {
      if (files.find(site).filter(TreeEntry::isWritableByAll).isPresent()) {
        files.add(
            INTERPRETER_CONFIG
                .in(site, "Is open to all: any user may add a .pth file that runs for every other")
                .as(Severity.HIGH, false));
      }
    }
  }

  private String at(String relative) {
    return relative.isEmpty()
        ? environment.root()
        : PrefixLayout.join(environment.root(), relative);
  }

  private static boolean isLibraryArchive(String name) {
    String digits = name.replace("python", "").replace(".zip", "");
    return name.startsWith("python")
        && name.endsWith(".zip")
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void libraryArchive(TreeEntry entry) {
    files.add(
        INTERPRETER_CONFIG.in(
            entry.path(), "Comes before the standard library in this Python, which needs none"));
  }

  private List<Finding> misplaced(String path, byte[] content) {
    return List.of(
        INTERPRETER_CONFIG.in(
            path,
            "Lies beside the interpreter, where no tool puts one, and decides where Python finds its packages"));
  }

  private List<Finding> configuration(String path, byte[] content) {
    VenvConfiguration read = VenvConfiguration.parse(content);
    List<Finding> findings = new ArrayList<>();
    if (environment.kind() == Environment.Kind.SYSTEM) {
      findings.add(
          INTERPRETER_CONFIG.in(
              path, "Makes the Python of the system take this for a virtual environment"));
    }
    if (read.hasSeveralHomes()) {
      findings.add(
          INTERPRETER_CONFIG.at(
              path,
              read.homeLine(),
              "Names several homes: which Python is meant depends on the reader",
              String.valueOf(read.home())));
    }
    if (read.home() != null) {
      home(path, read).ifPresent(findings::add);
    }
    if (read.includesSystem()) {
      findings.add(
          INTERPRETER_CONFIG
              .at(
                  path,
                  read.systemLine(),
                  "Sees the packages of the system too: their .pth files run at its start",
                  "include-system-site-packages = true")
              .as(Severity.INFO, false));
    }
    version(path, read).ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> home(String path, VenvConfiguration read) {
    String home = String.valueOf(read.home());
    String message = null;
    if (OpenPlaces.isOpenToAll(home)) {
      message = "Takes Python and its library from a place that anybody may write to";
    } else if (home.startsWith("/")
        && files.find(home.substring(1)).filter(TreeEntry::isWritableByAll).isPresent()) {
      message = "Takes Python from a folder that is open to all";
    }
    return message == null
        ? Optional.empty()
        : Optional.of(
            INTERPRETER_CONFIG
                .at(path, read.homeLine(), message, "home = " + home)
                .as(Severity.HIGH, false));
  }

  private Optional<Finding> version(String path, VenvConfiguration read) {
    for (String site : environment.sites()) {
      String named = PrefixLayout.version(TreePaths.relative(environment.root(), site));
      String version = read.version();
      if (named != null && version != null && !(version + ".").startsWith(bare(named) + ".")) {
        return Optional.of(
            INTERPRETER_CONFIG
                .in(
                    path,
                    "Names Python %s, but the packages are those of %s: the environment was made over, or not by a tool"
                        .formatted(version, named))
                .as(Severity.LOW, false));
      }
    }
    return Optional.empty();
  }

  private static String bare(String version) {
    return version.replace("t", "");
  }

  /** Such a file replaces the whole search path of Python. */
  private List<Finding> pathFile(String path, String name, byte[] content) {
    List<Finding> findings = new ArrayList<>();
    boolean odd = false;
    int number = 0;
    for (String line : new String(content, UTF_8).split("\\R", -1)) {
      number++;
      String bare = line.strip();
      if (!bare.isEmpty() && !bare.startsWith("#") && !bare.startsWith("import ")) {
        String lower = bare.toLowerCase(Locale.ROOT).replace('\\', '/');
        boolean absolute = lower.startsWith("/") || (lower.length() > 1 && lower.charAt(1) == ':');
        boolean open = OpenPlaces.isOpenToAll(lower);
        if (absolute || open || ("/" + lower + "/").contains("/../")) {
          odd = true;
          findings.add(
              INTERPRETER_CONFIG
                  .at(
                      path,
                      number,
                      open
                          ? "Puts a place on the path that anybody may write to"
                          : "Puts a folder outside of this Python on its path",
                      bare)
                  .as(open ? Severity.HIGH : Severity.MEDIUM, false));
        }
      }
    }
    // python.org's embeddable package has one, and the library in a ZIP beside it.
    String stem = name.substring(0, name.length() - "._pth".length());
    boolean embedded =
        files.find(PrefixLayout.join(PrefixLayout.parent(path), stem + ".zip")).isPresent();
    if (!odd) {
      Finding told = INTERPRETER_CONFIG.in(path, "Replaces the whole search path of this Python");
      findings.add(embedded ? told.as(Severity.INFO, false) : told);
    }
    return findings;
  }
}
