package dev.gatehouse.cli.serve;

import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sends what the server and its libraries log to standard error, a line for each record. */
public final class Logs {
  /**
   * Libraries that announce each of their parts; what matters of that is in the start message. Held
   * on to, since the JDK forgets the level of a logger that nobody holds.
   */
  private static final List<Logger> TALKATIVE =
      List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("com.zaxxer.hikari"));

  private Logs() {}

  /** From now on, for the whole process. */
  public static void toStandardError() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    console.setFormatter(new LogLine());
    root.addHandler(console);
    root.setLevel(Level.INFO);
    TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
  }

  /**
   * A log manager that still logs while the process stops. The JDK's own closes all handlers in a
   * shutdown hook, beside ours, and what the last seconds had to say would be lost. Its name is
   * given in the file of the server's JVM options.
   */
  public static final class UntilTheEnd extends LogManager {
    @Override
    public void reset() {
      // Called at the end of the process, and before a configuration is read, of which there is
      // none.
    }
  }
}
