package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.cli.outcome.Reasons;
import dev.gatehouse.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse demo}. */
@Command(
    name = "demo",
    description = {
      "Replays the LiteLLM attack of 24 March 2026 with harmless stand-ins and the machine's pip.",
      "It shows what a team without Gatehouse gets, what each layer sees by itself, what pip says, and a",
      "recall. Upstream, index and Python are thrown away; only loopback is used, and nothing is left."
    },
    footer = {
      "",
      "Exit codes: 0 everything came out as told; 3 something did not, or this machine has no Python with pip."
    },
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  /**
   * @param environment where Python and the terminal are looked up
   */
  public DemoCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    silenceServers();
    long started = System.nanoTime();
    Screen screen =
        new Screen(Objects.requireNonNull(spec).commandLine().getOut(), Terminal.of(environment));
    try (Scratch scratch = Scratch.make()) {
      Optional<Python> python = Python.find(environment, scratch);
      new Story(screen, scratch, python).tell();
      return screen.end(python.isPresent(), System.nanoTime() - started)
          ? ExitCode.DONE.code()
          : ExitCode.INCOMPLETE.code();
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(
          ExitCode.INCOMPLETE,
          "Could not go on with the demo: " + Reasons.of(e) + ".",
          "It needs a temporary folder (java.io.tmpdir) with some 50 MB of room, and free ports on loopback.");
    }
  }

  /** What servers warn of is the story itself; only a failure may break into it. */
  private static void silenceServers() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setLevel(Level.SEVERE);
    }
  }
}
