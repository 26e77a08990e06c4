package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.configuration.Configuration;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.configuration.FileWatch;
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

/**
 * Follows the configuration file while the index runs: a new policy takes effect, of anything else
 * it says that it needs a restart. Used by one thread.
 */
final class ConfigurationWatch {
  private static final Logger LOG = System.getLogger(ConfigurationWatch.class.getName());

  private final ConfigurationFile file;
  private final FileWatch watch;
  private final Consumer<Policy> apply;

  /** What the server was started with: what only a restart changes. */
  private final Configuration started;

  private Policy policy;

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
    this.apply = apply;
    this.started = configuration;
    this.policy = configuration.policy();
    this.watch = new FileWatch(file, text, changed -> take(reader.read(file.path(), changed)), LOG);
  }

  /** Looks at the file once. Never throws: a look that failed must not be the last one. */
  void look() {
    watch.look();
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
