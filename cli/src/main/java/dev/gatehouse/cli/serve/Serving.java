package dev.gatehouse.cli.serve;

import dev.gatehouse.cli.configuration.Configuration;
import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.configuration.Problem;
import dev.gatehouse.cli.configuration.SigstoreSettings;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.provenance.TrustRootFile;
import dev.gatehouse.index.IndexServer;
import dev.gatehouse.index.IndexStartException;
import dev.gatehouse.outbound.OutboundSettings;
import dev.gatehouse.provenance.refresh.TufRepository;
import dev.gatehouse.provenance.verification.TrustRoots;
import dev.gatehouse.vetting.VettingSettings;
import dev.gatehouse.vetting.evidence.TrustSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One run of the private index, from its configuration to its end. */
final class Serving {
  /** How often the configuration file is looked at. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** What messages call a policy that is tried. */
  private static final Path POLICY_TEST = Path.of("policy");

  private static final Logger LOG = System.getLogger(Serving.class.getName());

  private final String version;
  private final ConfigurationFile file;
  private final ConfigurationReader reader;
  private final Map<String, String> environment;
  private final PrintWriter out;

  Serving(
      String version,
      ConfigurationFile file,
      ConfigurationReader reader,
      Map<String, String> environment,
      PrintWriter out) {
    this.version = version;
    this.file = file;
    this.reader = reader;
    this.environment = environment;
    this.out = out;
  }

  /** Serves until the process is told to stop. */
  void run() throws IOException, InterruptedException {
    Logs.toStandardError();
    Loaded loaded = load();
    try (IndexServer server = start(loaded.configuration());
        ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(Serving::daemon)) {
      // SIGTERM and SIGINT run it; the process ends when it is done.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
      var watch =
          new ConfigurationWatch(
              file, reader, loaded.text(), loaded.configuration(), server::apply);
      ScheduledFuture<?> looks =
          looking.scheduleWithFixedDelay(
              watch::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
      StartMessage.of(
              version,
              server.address(),
              loaded.configuration(),
              file,
              loaded.text().isPresent(),
              server.snapshotInUse())
          .forEach(out::println);
      out.flush();
      server.awaitStop();
      looks.cancel(false);
    }
  }

  private record Loaded(Optional<String> text, Configuration configuration) {}

  private Loaded load() {
    try {
      Optional<String> text = file.text();
      return new Loaded(text, file.read(reader, text));
    } catch (ConfigurationException e) {
      List<String> lines = new ArrayList<>();
      lines.add("Could not start the index: the configuration is wrong.");
      e.problems().stream().map(Problem::toString).forEach(lines::add);
      lines.add("Mend this, and start again.");
      throw new CommandFailure(ExitCode.WRONG_USE, lines);
    }
  }

  private IndexServer start(Configuration configuration) {
    try {
      return IndexServer.start(
          configuration.index(),
          configuration.policy(),
          new VettingSettings(
              configuration.advisories(),
              configuration.keepDownloads(),
              version,
              trust(configuration.sigstore())),
          configuration.upstreams(),
          outbound(configuration),
          toml -> ConfigurationReader.policy(POLICY_TEST, toml),
          Clock.systemUTC());
    } catch (IndexStartException e) {
      ExitCode code = e.isConfiguration() ? ExitCode.WRONG_USE : ExitCode.INCOMPLETE;
      throw new CommandFailure(code, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static TrustSettings trust(SigstoreSettings settings) {
    Path file = settings.trustedRoot();
    if (file != null) {
      return new TrustSettings.Fixed(TrustRoots.always(TrustRootFile.read(file)));
    }
    return settings.refresh()
        ? new TrustSettings.Refreshed(TufRepository.publicInstance())
        : new TrustSettings.Fixed(TrustRoots.builtIn());
  }

  private OutboundSettings outbound(Configuration configuration) {
    return OutboundSettings.of(environment, configuration.caFile());
  }

  private static void stop(IndexServer server) {
    LOG.log(Level.INFO, "Stopping: running downloads are finished first");
    try {
      server.close();
      LOG.log(Level.INFO, "Stopped");
    } catch (IOException e) {
      LOG.log(Level.ERROR, "Could not stop in good order", e);
    }
  }

  private static Thread daemon(Runnable work) {
    return Thread.ofPlatform().daemon().name("configuration").unstarted(work);
  }
}
