package dev.gatehouse.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.configuration.Configuration;
import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.ConfigurationReader;
import dev.gatehouse.cli.configuration.Overrides;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.vetting.policy.DenyRule;
import dev.gatehouse.vetting.policy.Mode;
import dev.gatehouse.vetting.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationWatchTest {
  private static final String DENY = "[[deny]]\nproject = \"litellm\"\n";

  private final List<Policy> applied = new ArrayList<>();
  private final Recorder log = new Recorder();
  private final Logger logger = Logger.getLogger(ConfigurationWatch.class.getName());

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(log);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(log);
    logger.setUseParentHandlers(true);
  }

  @Test
  void putsAChangedPolicyInForce() throws Exception {
    ConfigurationWatch watch = watch("");

    write(DENY);
    lookTwice(watch);

    assertThat(applied)
        .containsExactly(
            new Policy(
                Mode.VETTED,
                List.of(),
                List.of(),
                List.of(new DenyRule(ProjectName.parse("litellm"), List.of(), ""))));
    assertThat(log.lines)
        .containsExactly(
            "INFO "
                + file()
                + " has changed and is in force: mode vetted, 0 private, 0 allow, 1 deny");
  }

  @Test
  void doesNothingWhereNothingChanged() throws Exception {
    ConfigurationWatch watch = watch(DENY);

    lookTwice(watch);
    write(DENY);
    lookTwice(watch);

    assertThat(applied).isEmpty();
    assertThat(log.lines).isEmpty();
  }

  @Test
  void waitsUntilAFileIsWrittenInFull() throws Exception {
    ConfigurationWatch watch = watch(DENY);

    write("");
    watch.look();
    write(DENY + DENY);
    watch.look();

    assertThat(applied).as("an empty file would have denied nothing").isEmpty();
    watch.look();
    assertThat(applied).singleElement().satisfies(policy -> assertThat(policy.deny()).hasSize(2));
  }

  @Test
  void keepsTheLastGoodOneWhenAnEditIsBroken() throws Exception {
    ConfigurationWatch watch = watch(DENY);

    write("[policy]\nmode = \"strict\"\nprivat = [\"acme\"]\n");
    lookTwice(watch);
    lookTwice(watch);

    assertThat(applied).isEmpty();
    assertThat(log.lines)
        .containsExactly(
            "SEVERE "
                + file()
                + ":2: [policy] mode: must be \"observe\" or \"vetted\" or \"allowlist\", not \"strict\"",
            "SEVERE " + file() + ":3: [policy] \"privat\": no such key; did you mean private?",
            "SEVERE " + file() + " is wrong; the last good configuration stays in force");
  }

  @Test
  void takesTheNextGoodEditAfterABrokenOne() throws Exception {
    ConfigurationWatch watch = watch("");

    write("nonsense");
    lookTwice(watch);
    write(DENY);
    lookTwice(watch);

    assertThat(applied).hasSize(1);
  }

  @Test
  void keepsTheLastGoodOneWhenTheFileIsDeleted() throws Exception {
    ConfigurationWatch watch = watch(DENY);

    Files.delete(file());
    lookTwice(watch);

    assertThat(applied).isEmpty();
    assertThat(log.lines)
        .containsExactly(
            "WARNING "
                + file()
                + " is gone; what it said last stays in force until the next start");
  }

  @Test
  void takesAFileThatAppears() throws Exception {
    ConfigurationFile none = new ConfigurationFile(file(), false);
    ConfigurationWatch watch =
        new ConfigurationWatch(
            none, reader(), Optional.empty(), reader().read(file(), ""), applied::add);

    write(DENY);
    lookTwice(watch);

    assertThat(applied).hasSize(1);
  }

  @Test
  void saysWhatNeedsARestart() throws Exception {
    ConfigurationWatch watch = watch("");

    write(
        "[index]\nlisten = \"127.0.0.1:9\"\n[[upstream]]\nname = \"a\"\nurl = \"https://a.example/\"\n"
            + DENY);
    lookTwice(watch);

    assertThat(applied).hasSize(1);
    assertThat(log.lines)
        .containsExactly(
            "INFO "
                + file()
                + " has changed and is in force: mode vetted, 0 private, 0 allow, 1 deny",
            "WARNING "
                + file()
                + " has changed in [index], [[upstream]]: that takes effect at the next start");
  }

  @Test
  void goesOnLookingAfterAPolicyThatCouldNotBeApplied() throws Exception {
    write("");
    ConfigurationWatch watch =
        new ConfigurationWatch(
            new ConfigurationFile(file(), false),
            reader(),
            Optional.of(""),
            reader().read(file(), ""),
            policy -> {
              if (policy.deny().size() == 1) {
                throw new IllegalStateException("broken");
              }
              applied.add(policy);
            });

    write(DENY);
    lookTwice(watch);
    write(DENY + DENY);
    lookTwice(watch);

    assertThat(applied).singleElement().satisfies(policy -> assertThat(policy.deny()).hasSize(2));
    assertThat(log.lines.getFirst())
        .isEqualTo(
            "SEVERE Could not put the changed " + file() + " in force; the last good one still is");
  }

  private ConfigurationWatch watch(String text) throws IOException, ConfigurationException {
    write(text);
    Configuration configuration = reader().read(file(), text);
    return new ConfigurationWatch(
        new ConfigurationFile(file(), false),
        reader(),
        Optional.of(text),
        configuration,
        applied::add);
  }

  private static ConfigurationReader reader() {
    return new ConfigurationReader(Overrides.NONE, Map.of());
  }

  private static void lookTwice(ConfigurationWatch watch) {
    watch.look();
    watch.look();
  }

  private Path file() {
    return folder.resolve("gatehouse.toml");
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }

  private static final class Recorder extends Handler {
    private static final Formatter MESSAGE =
        new Formatter() {
          @Override
          public String format(LogRecord entry) {
            return formatMessage(entry);
          }
        };

    final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      lines.add(entry.getLevel().getName() + " " + MESSAGE.format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
