package dev.gatehouse.gateway.fake;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that is logged while it is open: of Gatehouse on every level, of its libraries from INFO. */
public final class CapturedLog extends Handler implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("dev.gatehouse");
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<Watch> watches = new ConcurrentLinkedQueue<>();

  private record Watch(Predicate<String> wanted, Runnable told) {}

  public CapturedLog() {
    setLevel(Level.ALL);
    ours.setLevel(Level.ALL);
    root.addHandler(this);
  }

  @Override
  public void publish(LogRecord line) {
    StringWriter text = new StringWriter();
    text.append(String.valueOf(line.getLevel())).append(' ');
    text.append(line.getLoggerName()).append(' ').append(formatter.formatMessage(line));
    if (line.getThrown() != null) {
      line.getThrown().printStackTrace(new PrintWriter(text));
    }
    lines.add(text.toString());
    watches.stream()
        .filter(watch -> watch.wanted().test(text.toString()))
        .forEach(watch -> watch.told().run());
  }

  /** What was logged: the level, the logger, the text, and what was thrown. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Runs something with each line of a kind, in the thread that logs it. */
  public void onLine(Predicate<String> wanted, Runnable told) {
    watches.add(new Watch(wanted, told));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    ours.setLevel(null);
  }
}
