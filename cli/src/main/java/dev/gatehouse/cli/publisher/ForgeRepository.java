package dev.gatehouse.cli.publisher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a repository lies on its forge, as the form of a publisher asks for it.
 *
 * @param owner user, organisation, or GitLab's groups with slashes between them
 */
record ForgeRepository(String owner, String name) {
  private static final Pattern GIVEN =
      Pattern.compile("([A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*)/([A-Za-z0-9._-]+)");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:https?|ssh|git)://(?:[^@/\\s]*@)?[^/\\s]+/(\\S+?)(?:\\.git)?/?|[^@\\s/]*@[^:\\s/]+:(\\S+?)(?:\\.git)?/?");
  private static final Pattern REMOTE = Pattern.compile("\\[remote \"origin\"\\]\\s*([#;].*)?");
  private static final Pattern URL = Pattern.compile("\\s*url\\s*=\\s*(\\S+)\\s*");
  private static final long MOST_BYTES = 1 << 20;

  /** As a user names it: {@code owner/name}. */
  static Optional<ForgeRepository> of(String text) {
    Matcher matcher = GIVEN.matcher(text);
    return matcher.matches()
        ? Optional.of(new ForgeRepository(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** What {@code .git/config} calls {@code origin}; its text is read, git is not asked. */
  static Optional<ForgeRepository> ofOrigin(Path repository) {
    Path config = repository.resolve(".git/config");
    try {
      if (!Files.isRegularFile(config, LinkOption.NOFOLLOW_LINKS)
          || Files.size(config) > MOST_BYTES) {
        return Optional.empty();
      }
      boolean origin = false;
      for (String line : Files.readAllLines(config)) {
        if (line.strip().startsWith("[")) {
          origin = REMOTE.matcher(line.strip()).matches();
        }
        Matcher url = URL.matcher(line);
        if (origin && url.matches()) {
          return ofAddress(url.group(1));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      // It is a convenience: whoever is asked for the form's values can give them.
      return Optional.empty();
    }
  }

  static Optional<ForgeRepository> ofAddress(String address) {
    Matcher matcher = ADDRESS.matcher(address);
    return matcher.matches()
        ? of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
        : Optional.empty();
  }
}
