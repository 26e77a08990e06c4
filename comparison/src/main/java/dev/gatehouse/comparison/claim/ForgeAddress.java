package dev.gatehouse.comparison.claim;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of a forge, as people write its address, and the repository that it belongs to.
 *
 * @param repository over https, without a user, a query or what the forge shows beside it
 * @param folder the part of the repository that the page shows, with slashes; null: all of it
 * @param certain whether it is on a forge that we know; else any https address with a path is one
 */
record ForgeAddress(URI repository, @Nullable String folder, boolean certain) {
  private static final int LONGEST = 2_000;

  /** {@code git@host:owner/name}, as git takes it (gitprotocol, "scp-like syntax"). */
  private static final Pattern SCP =
      Pattern.compile("(?:[\\w.-]+@)?([\\w.-]+\\.[a-z]+):(?!//)(.+)");

  private static final Pattern SCHEME =
      Pattern.compile("(?i)(?:(?:git|hg|scm:git)[+:])?(https?|git|ssh)://(?:[^/@]*@)?(.+)");

  /** Their repositories have an owner and a name, and what follows is about them. */
  private static final Set<String> OWNER_AND_NAME =
      Set.of("github.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.sr.ht");

  /** The first words of GitHub's own pages. */
  private static final Set<String> NO_OWNERS =
      Set.of(
          "about",
          "apps",
          "collections",
          "enterprise",
          "explore",
          "features",
          "marketplace",
          "orgs",
          "pricing",
          "search",
          "security",
          "settings",
          "sponsors",
          "topics",
          "users");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.~-]{1,100}");

  /** What a forge puts before the ref of a page; those of the first two show folders. */
  private static final Set<String> FOLDERS = Set.of("tree", "src");

  private static final Set<String> TREES = Set.of("tree", "src", "blob", "raw");

  /** What Gitea puts between: {@code src/branch/main/folder}. */
  private static final Set<String> KINDS = Set.of("branch", "tag", "commit");

  /** The repository that an address leads to; empty where it leads to none. */
  static Optional<ForgeAddress> parse(String written) {
    String text = written.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher scheme = SCHEME.matcher(text);
    Matcher scp = SCP.matcher(text);
    String place;
    if (scheme.matches()) {
      place = scheme.group(2);
    } else if (scp.matches()) {
      place = scp.group(1) + "/" + scp.group(2);
    } else if (text.contains("/") && text.substring(0, text.indexOf('/')).contains(".")) {
      place = text;
    } else {
      return Optional.empty();
    }
    String path = cut(cut(place, '#'), '?');
    int slash = path.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String host = host(path.substring(0, slash));
    List<String> parts = new ArrayList<>(Arrays.asList(path.substring(slash + 1).split("/")));
    parts.removeIf(String::isEmpty);
    return host.isEmpty() ? Optional.empty() : of(host, parts);
  }

  private static String cut(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  /** Without {@code www.} and a port: what answers there over https is what counts. */
  private static String host(String written) {
    String host = cut(written, ':').toLowerCase(Locale.ROOT);
    return host.startsWith("www.") ? host.substring(4) : host;
  }

  private static Optional<ForgeAddress> of(String host, List<String> parts) {
    if (host.endsWith(".github.io")) {
      return pages(host.substring(0, host.length() - ".github.io".length()), parts);
    }
    if (OWNER_AND_NAME.contains(host)) {
      boolean page =
          host.equals("github.com") && !parts.isEmpty() && NO_OWNERS.contains(parts.getFirst());
      return parts.size() < 2 || page ? Optional.empty() : at(host, parts, 2, true);
    }
    int beside = parts.indexOf("-");
    int tree = beside < 0 ? firstTree(parts) : beside;
    int end = tree < 0 ? parts.size() : tree;
    boolean gitlab = host.equals("gitlab.com") || host.startsWith("gitlab.");
    if (end < (gitlab ? 2 : 1)) {
      return Optional.empty();
    }
    if (beside >= 0) {
      parts.remove(beside);
    }
    return at(host, parts, end, gitlab);
  }

  private static int firstTree(List<String> parts) {
    for (int i = 2; i < parts.size(); i++) {
      if (TREES.contains(parts.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** The pages of a repository are often all that is named of it. */
  private static Optional<ForgeAddress> pages(String owner, List<String> parts) {
    return owner.isEmpty() || parts.isEmpty()
        ? Optional.empty()
        : at("github.com", List.of(owner, parts.getFirst()), 2, false);
  }

  private static Optional<ForgeAddress> at(
      String host, List<String> parts, int end, boolean certain) {
    List<String> names = new ArrayList<>(parts.subList(0, end));
    // As in git+https://…/demo.git@v1, which pip takes.
    String last = cut(names.getLast(), '@');
    names.set(end - 1, last.endsWith(".git") ? last.substring(0, last.length() - 4) : last);
    boolean plain =
        names.stream()
            .allMatch(
                name -> NAME.matcher(name).matches() && !name.equals(".") && !name.equals(".."));
    if (!plain) {
      return Optional.empty();
    }
    URI repository;
    try {
      repository = new URI("https", host, "/" + String.join("/", names), null);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
    return Optional.of(
        new ForgeAddress(repository, folder(parts.subList(end, parts.size())), certain));
  }

  /** The ref may have a slash of its own: the folder is a hint, and what matches decides. */
  private static @Nullable String folder(List<String> page) {
    if (page.isEmpty() || !FOLDERS.contains(page.getFirst())) {
      return null;
    }
    int ref = page.size() > 1 && KINDS.contains(page.get(1)) ? 2 : 1;
    return page.size() > ref + 1 ? String.join("/", page.subList(ref + 1, page.size())) : null;
  }
}
