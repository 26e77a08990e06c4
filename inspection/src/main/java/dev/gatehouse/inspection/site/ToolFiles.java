package dev.gatehouse.inspection.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import dev.gatehouse.findings.Severity;
import dev.gatehouse.inspection.startup.StartupRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that an editor, an assistant or a shell obeys when their folder is opened. One of 966
 * popular wheels has one, an assistant's list of permissions; sources have them more often.
 */
public final class ToolFiles {
  private record Kind(String suffix, List<String> triggers, String who) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(".vscode/tasks.json", List.of("folderopen"), "Visual Studio Code"),
          new Kind(
              ".vscode/settings.json",
              List.of(
                  "allowautomatictasks",
                  "terminal.integrated.profiles",
                  "python.defaultinterpreterpath"),
              "Visual Studio Code"),
          new Kind(
              ".claude/settings.json",
              List.of("\"hooks\"", "apikeyhelper", "statusline"),
              "the assistant"),
          new Kind(
              ".claude/settings.local.json",
              List.of("\"hooks\"", "apikeyhelper", "statusline"),
              "the assistant"),
          new Kind(".gemini/settings.json", List.of("\"hooks\"", "\"command\""), "the assistant"),
          new Kind(".cursor/mcp.json", List.of("\"command\""), "the editor"),
          new Kind(".cursor/hooks.json", List.of("\"command\""), "the editor"),
          new Kind(".mcp.json", List.of("\"command\""), "the assistant"),
          new Kind(".zed/tasks.json", List.of(), "the editor"),
          new Kind(".idea/startup.xml", List.of("configuration"), "the IDE"),
          new Kind(
              ".envrc",
              List.of("curl", "wget", "base64", "eval", "python -c", "python3 -c"),
              "direnv"),
          new Kind(".devcontainer/devcontainer.json", List.of("initializecommand"), "the editor"),
          new Kind(".devcontainer.json", List.of("initializecommand"), "the editor"),
          new Kind(".gitpod.yml", List.of(), "Gitpod"),
          new Kind(".husky/pre-commit", List.of("curl", "wget", "base64"), "git"),
          new Kind(".git/hooks/pre-commit", List.of(""), "git"),
          new Kind(".git/hooks/post-checkout", List.of(""), "git"),
          new Kind(".git/config", List.of("fsmonitor", "sshcommand", "hookspath"), "git"));

  private ToolFiles() {}

  /** Whether the file is one of them. */
  public static boolean isOne(String path) {
    return kind(path) != null;
  }

  /**
   * Judges a file.
   *
   * @param content null where it could not be kept
   * @param published whether it lies in a wheel, where nobody needs such files
   */
  public static Optional<Finding> judge(String path, byte @Nullable [] content, boolean published) {
    Kind kind = kind(path);
    if (kind == null) {
      return Optional.empty();
    }
    String text = content == null ? "" : new String(content, UTF_8).toLowerCase(Locale.ROOT);
    boolean runs = kind.triggers.stream().anyMatch(text::contains);
    Finding finding =
        StartupRules.TOOL_FILE.in(
            path,
            runs
                ? "Has %s run something when its folder is opened".formatted(kind.who)
                : "Is obeyed by %s when its folder is opened".formatted(kind.who));
    Severity severity = runs ? Severity.HIGH : published ? Severity.MEDIUM : Severity.LOW;
    return Optional.of(finding.as(severity, false));
  }

  private static @Nullable Kind kind(String path) {
    String lower = "/" + path.toLowerCase(Locale.ROOT);
    return KINDS.stream()
        .filter(kind -> lower.endsWith("/" + kind.suffix))
        .findFirst()
        .orElse(null);
  }
}
