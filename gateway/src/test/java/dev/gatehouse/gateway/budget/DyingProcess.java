package dev.gatehouse.gateway.budget;

import dev.gatehouse.gateway.budget.AccountId.Kind;
import dev.gatehouse.gateway.conversation.Usage;
import dev.gatehouse.gateway.usage.Labels;
import dev.gatehouse.store.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** A JVM of its own that settles calls and says each one that counts, until it is killed. */
final class DyingProcess {
  static final AccountId KEY = new AccountId(Kind.KEY, new UUID(1, 1));
  static final long COST = 7;
  private static final Labels LABELS = new Labels("someone", List.of("nightly", "search"));

  private DyingProcess() {}

  static Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:-UsePerfData",
            DyingProcess.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static Accounting open(SqliteDatabase database, Path folder) throws IOException {
    return Accounting.open(
        database, folder.resolve("usage"), InstantSource.system(), System::nanoTime);
  }

  @SuppressWarnings("SystemOut") // it is how the test hears of it
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    SqliteDatabase database = SqliteDatabase.open(folder.resolve("gatehouse.db"));
    Accounting accounting = open(database, folder);
    Thread.ofPlatform().daemon().start(() -> transferForEver(accounting));
    while (true) {
      Grant grant =
          accounting.reserve(new Claim(List.of(KEY), 10, 0, Duration.ofMinutes(1), Duration.ZERO));
      accounting.settle(
          ((Grant.Granted) grant).reservation(), "openai", "gpt", LABELS, Usage.NONE, COST);
      System.out.println("settled");
    }
  }

  private static void transferForEver(Accounting accounting) {
    try {
      while (true) {
        accounting.upkeep();
        accounting.transfer();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
