package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.FilePaths;
import dev.gatehouse.cli.configuration.FileWatch;
import dev.gatehouse.cli.configuration.GatewayReader;
import dev.gatehouse.cli.configuration.Problem;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.serve.Logs;
import dev.gatehouse.gateway.GatewayServer;
import dev.gatehouse.gateway.GatewayStartException;
import dev.gatehouse.gateway.settings.GatewaySettings;
import dev.gatehouse.outbound.OutboundSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

/** One run of the gateway, from its configuration to its end. */
final class GatewayServing {
  /** How often the configuration file is looked at. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Logger LOG = System.getLogger(GatewayServing.class.getName());

  private final String version;
  private final ConfigurationFile file;
  private final GatewayReader reader;
  private final Map<String, String> environment;
  private final PrintWriter out;

  GatewayServing(
      String version,
      ConfigurationFile file,
      GatewayReader reader,
      Map<String, String> environment,
      PrintWriter out) {
    this.version = version;
    this.file = file;
    this.reader = reader;
    this.environment = environment;
    this.out = out;
  }

  private record Loaded(Optional<String> text, GatewayReader.Read read) {}

  /** Serves until the process is told to stop. */
  void run() throws IOException, InterruptedException {
    Logs.toStandardError();
    Loaded loaded = load();
    try (GatewayServer server = start(loaded.read());
        ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(GatewayServing::daemon)) {
      // SIGTERM and SIGINT run it; the process ends when it is done.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
      var following = new Following(loaded.read().settings(), server);
      var watch = new FileWatch(file, loaded.text(), following::take, LOG);
      ScheduledFuture<?> looks =
          looking.scheduleWithFixedDelay(
              watch::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
      GatewayStartMessage.of(
              version, server, loaded.read().settings(), file, loaded.text().isPresent())
          .forEach(out::println);
      out.flush();
      server.awaitStop();
      looks.cancel(false);
    }
  }

  private Loaded load() {
    try {
      Optional<String> text = file.text();
      if (file.isNamed() && text.isEmpty()) {
        throw new ConfigurationException(
            List.of(new Problem(file.path(), 0, "there is no such file")));
      }
      return new Loaded(text, reader.read(file.path(), text.orElse("")));
    } catch (ConfigurationException e) {
      List<String> lines = new ArrayList<>();
      lines.add("Could not start the gateway: the configuration is wrong.");
      e.problems().stream().map(Problem::toString).forEach(lines::add);
      lines.add("Mend this, and start again.");
      throw new CommandFailure(ExitCode.WRONG_USE, lines);
    }
  }

  private GatewayServer start(GatewayReader.Read read) {
    try {
      return GatewayServer.start(
          read.settings(),
          FilePaths.folderOf(file.path()),
          OutboundSettings.of(environment, read.caFile()),
          Clock.systemUTC());
    } catch (GatewayStartException e) {
      ExitCode code = e.isConfiguration() ? ExitCode.WRONG_USE : ExitCode.INCOMPLETE;
      throw new CommandFailure(code, List.of(String.valueOf(e.getMessage())));
    }
  }

  /** Puts a changed file in force, as far as that can be done while running. */
  private final class Following {
    private final GatewaySettings started;
    private final GatewayServer server;
    private GatewaySettings.Models inForce;

    Following(GatewaySettings started, GatewayServer server) {
      this.started = started;
      this.server = server;
      this.inForce = started.models();
    }

    void take(String text) throws ConfigurationException {
      GatewaySettings read = reader.read(file.path(), text).settings();
      if (!read.models().equals(inForce)) {
        server.apply(read.models());
        inForce = read.models();
        LOG.log(
            Level.INFO,
            "{0} has changed and is in force; providers: {1}, models: {2}",
            file.path(),
            inForce.providers().size(),
            inForce.models().size());
      }
      if (!read.withModels(started.models()).equals(started)) {
        LOG.log(
            Level.WARNING,
            "{0} has changed in [gateway]: listeners, data and key encryption take effect at the next start",
            file.path());
      }
    }
  }

  private static void stop(GatewayServer server) {
    LOG.log(Level.INFO, "Stopping: running calls are finished first");
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
