package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.configuration.Configuration;
import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.configuration.Problem;
import dev.gatehouse.cli.configuration.Table;
import dev.gatehouse.vetting.policy.Policy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the configuration file while the server runs: a new policy takes effect, of anything else
 * it says that it needs a restart, and a broken or missing file changes nothing. Used by one
 * thread.
 *
 * <p>A change counts once two looks in a row saw the same text. An editor may write a file in
 * pieces, and what the first piece leaves out could be the very rules that keep something away.
 */
final class ConfigurationWatch {
  private static final Logger LOG = System.getLogger(ConfigurationWatch.class.getName());

  private final ConfigurationFile file;
  private final ConfigurationReader reader;
  private final Consumer<Policy> apply;

  /** What the server was started with: what only a restart changes. */
  private final Configuration started;

  private Policy policy;
  private Seen settled;
  private @Nullable Seen candidate;

  /** What a look saw: a text, no file, or a file that cannot be read. */
  private sealed interface Seen {}

  private record Text(String text) implements Seen {}

  private record NoFile() implements Seen {}

  private record Unreadable(List<Problem> problems) implements Seen {}

  /**
   * @param text what {@code configuration} was read from; empty where there was no file
   * @param apply puts a policy in force
   */
  ConfigurationWatch(
      ConfigurationFile file,
      ConfigurationReader reader,
      Optional<String> text,
      Configuration configuration,
      Consumer<Policy> apply) {
    this.file = file;
    this.reader = reader;
    this.apply = apply;
    this.started = configuration;
    this.policy = configuration.policy();
    this.settled = text.<Seen>map(Text::new).orElseGet(NoFile::new);
  }

  /** Looks at the file once. Never throws: a look that failed must not be the last one. */
  void look() {
    try {
      Seen seen = seen();
      if (seen.equals(settled)) {
        candidate = null;
      } else if (!seen.equals(candidate)) {
        candidate = seen;
      } else {
        candidate = null;
        settled = seen;
        settle(seen);
      }
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "Could not put the changed " + file.path() + " in force; the last good one still is",
          e);
    }
  }

  private Seen seen() {
    try {
      return file.text().<Seen>map(Text::new).orElseGet(NoFile::new);
    } catch (ConfigurationException e) {
      return new Unreadable(e.problems());
    }
  }

  private void settle(Seen seen) {
    switch (seen) {
      case NoFile _ ->
          LOG.log(
              Level.WARNING,
              "{0} is gone; what it said last stays in force until the next start",
              file.path());
      case Unreadable(List<Problem> problems) -> refuse(problems);
      case Text(String text) -> {
        try {
          take(reader.read(file.path(), text));
        } catch (ConfigurationException e) {
          refuse(e.problems());
        }
      }
    }
  }

  private void refuse(List<Problem> problems) {
    problems.forEach(problem -> LOG.log(Level.ERROR, "{0}", problem));
    LOG.log(Level.ERROR, "{0} is wrong; the last good configuration stays in force", file.path());
  }

  private void take(Configuration read) {
    if (!read.policy().equals(policy)) {
      apply.accept(read.policy());
      policy = read.policy();
      LOG.log(Level.INFO, "{0} has changed and is in force: {1}", file.path(), summary(policy));
    }
    List<Table> waiting = needRestart(read);
    if (!waiting.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "{0} has changed in {1}: that takes effect at the next start",
          file.path(),
          waiting.stream().map(Table::toString).collect(Collectors.joining(", ")));
    }
  }

  private List<Table> needRestart(Configuration read) {
    List<Table> tables = new ArrayList<>();
    if (!read.index().equals(started.index())
        || !read.keepDownloads().equals(started.keepDownloads())) {
      tables.add(Table.INDEX);
    }
    if (!Objects.equals(read.caFile(), started.caFile())) {
      tables.add(Table.OUTBOUND);
    }
    if (!read.advisories().equals(started.advisories())) {
      tables.add(Table.ADVISORIES);
    }
    if (!read.sigstore().equals(started.sigstore())) {
      tables.add(Table.SIGSTORE);
    }
    if (!read.upstreams().equals(started.upstreams())) {
      tables.add(Table.UPSTREAM);
    }
    return tables;
  }

  private static String summary(Policy policy) {
    return "mode %s, %d private, %d allow, %d deny"
        .formatted(
            policy.mode().text(),
            policy.privateNames().size(),
            policy.allow().size(),
            policy.deny().size());
  }
}
