package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.findings.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plans and judges the files that set variables for whatever a user starts, and those that say
 * where packages come from. Patterns are relative to a home folder or to the root; a star stands
 * for part of a name.
 */
final class ProfileFiles {
  private static final List<String> HOME_SHELLS =
      List.of(
          ".bashrc",
          ".bash_profile",
          ".bash_login",
          ".bash_logout",
          ".bash_aliases",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".zlogin",
          ".kshrc",
          ".cshrc",
          ".tcshrc",
          ".login",
          ".xprofile",
          ".xsessionrc",
          ".xinitrc",
          ".pam_environment",
          ".config/fish/config.fish",
          ".config/fish/fish_variables",
          ".config/fish/conf.d/*.fish",
          ".config/nushell/*.nu",
          ".config/environment.d/*.conf",
          ".config/systemd/user/*.service",
          ".config/systemd/user.conf",
          ".config/plasma-workspace/env/*.sh",
          ".config/powershell/*profile.ps1",
          ".xonshrc",
          "Documents/PowerShell/*profile.ps1",
          "Documents/WindowsPowerShell/*profile.ps1",
          "OneDrive/Documents/PowerShell/*profile.ps1",
          "OneDrive/Documents/WindowsPowerShell/*profile.ps1");

  private static final List<String> HOME_INDEXES =
      List.of(
          ".pip/pip.conf",
          ".config/pip/pip.conf",
          "Library/Application Support/pip/pip.conf",
          "pip/pip.ini",
          "AppData/Roaming/pip/pip.ini",
          ".config/uv/uv.toml",
          "AppData/Roaming/uv/uv.toml",
          ".pydistutils.cfg");

  private static final List<String> ROOT_SHELLS =
      List.of(
          "etc/environment",
          "etc/profile",
          "etc/profile.d/*",
          "etc/bash.bashrc",
          "etc/bashrc",
          "etc/zshenv",
          "etc/zshrc",
          "etc/zprofile",
          "etc/zsh/*",
          "etc/csh.cshrc",
          "etc/csh.login",
          "etc/security/pam_env.conf",
          "etc/environment.d/*.conf",
          "usr/lib/environment.d/*.conf",
          "etc/fish/config.fish",
          "etc/fish/conf.d/*.fish",
          "etc/systemd/system.conf",
          "etc/systemd/user.conf",
          "etc/systemd/system/*.service",
          "etc/default/*");

  private static final List<String> ROOT_INDEXES =
      List.of(
          "etc/pip.conf",
          "etc/xdg/pip/pip.conf",
          "etc/uv/uv.toml",
          "etc/xdg/uv/uv.toml",
          "Library/Application Support/pip/pip.conf",
          "C:/ProgramData/pip/pip.ini",
          "C:/ProgramData/uv/uv.toml");

  private final FileJudge files;

  private ProfileFiles(FileJudge files) {
    this.files = files;
  }

  /** Those of a user. */
  static void planHome(FileJudge files, String home) {
    ProfileFiles profiles = new ProfileFiles(files);
    profiles.plan(home, HOME_SHELLS, ProfileFiles::shell);
    profiles.plan(home, HOME_INDEXES, PackageIndexes::configuration);
    profiles.plan(home, List.of("Library/LaunchAgents/*.plist"), ProfileFiles::propertyList);
  }

  /** Those of the machine. */
  static void planRoot(FileJudge files) {
    ProfileFiles profiles = new ProfileFiles(files);
    profiles.plan("", ROOT_SHELLS, ProfileFiles::shell);
    profiles.plan("", ROOT_INDEXES, PackageIndexes::configuration);
    profiles.plan(
        "",
        List.of("Library/LaunchAgents/*.plist", "Library/LaunchDaemons/*.plist"),
        ProfileFiles::propertyList);
  }

  private void plan(String folder, List<String> patterns, FileJudge.Judgement judgement) {
    for (String pattern : patterns) {
      String whole = PrefixLayout.join(folder, pattern);
      int star = pattern.indexOf('*');
      if (star < 0) {
        files.plan(whole, judgement);
      } else {
        String suffix = pattern.substring(star + 1).toLowerCase(Locale.ROOT);
        for (TreeEntry entry : files.list(PrefixLayout.parent(whole))) {
          if (entry.name().toLowerCase(Locale.ROOT).endsWith(suffix)) {
            files.plan(entry.path(), judgement);
          }
        }
      }
    }
  }

  private static List<Finding> shell(String path, byte[] content) {
    return PythonVariables.judge(path, ShellScript.parse(content));
  }

  /** A property list in XML; of a binary one, only the names can be told. */
  private static List<Finding> propertyList(String path, byte[] content) {
    if (new String(content, 0, Math.min(6, content.length), ISO_8859_1).equals("bplist")) {
      return PythonVariables.named(path, new String(content, ISO_8859_1));
    }
    List<Finding> findings = new ArrayList<>();
    StringBuilder flat = new StringBuilder();
    String text = new String(content, UTF_8);
    int at = 0;
    while (at < text.length()) {
      // <key>NAME</key> <string>value</string>, and the arguments of launchctl: one line each.
      int key = text.indexOf("</key>", at);
      int argument = text.indexOf("</string>", at);
      int end = key < 0 || (argument >= 0 && argument < key) ? argument : key;
      if (end < 0) {
        break;
      }
      int start = text.lastIndexOf('>', end - 1) + 1;
      boolean name = end == key;
      flat.append(text, Math.max(start, at), end).append(name ? "=" : "\n");
      if (!name && "setenv".equals(text.substring(Math.max(start, at), end).strip())) {
        flat.setLength(flat.length() - 1);
        flat.append(' ');
      }
      at = end + 6;
    }
    String list = flat.toString();
    findings.addAll(PythonVariables.judge(path, ShellScript.parse(list.getBytes(UTF_8))));
    return findings.isEmpty() ? PythonVariables.named(path, list) : findings;
  }
}
