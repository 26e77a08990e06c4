package dev.gatehouse.inspection.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The home folders of all users, by where they usually are and by {@code /etc/passwd}. */
final class HomeFolders {
  private static final List<String> ABOVE = List.of("home", "Users", "C:/Users");
  private static final int HOME_FIELD = 5;

  /** Where users that are none are said to live. */
  private static final Set<String> SYSTEM =
      Set.of("usr", "bin", "sbin", "dev", "proc", "sys", "run", "nonexistent");

  /** So many users have no machine; a longer list was made to be one. */
  private static final int MOST = 10_000;

  private HomeFolders() {}

  /** Those that are there. */
  static Set<String> find(FileTree tree) {
    Set<String> homes = new LinkedHashSet<>();
    add(tree, "root", homes);
    add(tree, "var/root", homes);
    ABOVE.forEach(above -> addBelow(tree, above, homes));
    try {
      Optional<byte[]> users = new SmallFiles(tree).read("etc/passwd", SmallFiles.CONFIGURATION);
      if (users.isPresent()) {
        for (String line : new String(users.get(), UTF_8).split("\\R", -1)) {
          String[] fields = line.split(":", -1);
          if (fields.length > HOME_FIELD && fields[HOME_FIELD].startsWith("/")) {
            String home = TreePaths.resolve("", fields[HOME_FIELD]);
            if (!SYSTEM.contains(home.split("/", -1)[0])) {
              add(tree, home, homes);
            }
          }
        }
      }
    } catch (IOException e) {
      // Then the usual places have to do.
      return homes;
    }
    return homes;
  }

  private static void addBelow(FileTree tree, String above, Set<String> homes) {
    try {
      for (TreeEntry entry : new PrefixLayout(tree).folders(above)) {
        add(tree, entry.path(), homes);
      }
    } catch (IOException e) {
      // Who may not even list it has no home of others to look into.
      return;
    }
  }

  private static void add(FileTree tree, String path, Set<String> homes) {
    try {
      Optional<TreeEntry> folder = tree.follow(path);
      if (folder.isPresent()
          && folder.get().isFolder()
          && !folder.get().path().isEmpty()
          && homes.size() < MOST) {
        homes.add(folder.get().path());
      }
    } catch (IOException e) {
      homes.add(path);
    }
  }
}
