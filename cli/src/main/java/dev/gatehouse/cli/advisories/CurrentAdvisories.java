package dev.gatehouse.cli.advisories;

import dev.gatehouse.advisories.Advisories;
import dev.gatehouse.advisories.AdvisoryFeed;
import dev.gatehouse.advisories.FeedReading;
import dev.gatehouse.advisories.UnreadRecord;
import dev.gatehouse.cli.configuration.CacheFolder;
import dev.gatehouse.cli.configuration.ConfigurationException;
import dev.gatehouse.cli.configuration.ConfigurationFile;
import dev.gatehouse.cli.configuration.LocalSettings;
import dev.gatehouse.cli.outcome.CommandFailure;
import dev.gatehouse.cli.outcome.ExitCode;
import dev.gatehouse.findings.Printable;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The advisories that a command holds everything against: those that were named, or those that were
 * named the last time. Without being named again an address is not asked: a command that nobody
 * told to do so asks nobody for them.
 *
 * @param asOf when their source was last known to be complete; null: there are none
 * @param notes what the user should know, a sentence each
 * @param problems with --strict: why a report cannot be called complete
 */
public record CurrentAdvisories(
    Advisories records, @Nullable Instant asOf, List<String> notes, List<Problem> problems) {
  /** Malware is reported within days; what is older than this misses the incident of the week. */
  private static final Duration STALE = Duration.ofDays(7);

  private static final String REMEDY =
      "Name a file, folder, zip or https address of OSV records with --advisories.";

  /**
   * Reads them.
   *
   * @throws CommandFailure where what was named cannot be read
   */
  public static CurrentAdvisories of(AdvisorySettings settings, InstantSource clock) {
    Memory memory = new Memory(CacheFolder.of(settings.environment()).resolve("advisories"));
    @Nullable String source =
        settings.advisories() == null ? memory.source() : settings.advisories();
    if (source == null) {
      return judged(Advisories.none(), null, List.of(), settings.strict(), clock);
    }
    boolean named = settings.advisories() != null;
    try {
      CurrentAdvisories read =
          isAddress(source)
              ? fromAddress(source, named, settings, memory, clock)
              : fromDisk(source, settings.strict(), clock);
      if (named) {
        memory.remember(isAddress(source) ? source : Path.of(source).toAbsolutePath().toString());
      }
      return read;
    } catch (IOException | IllegalArgumentException e) {
      String why =
          "Could not read the advisories of %s: %s".formatted(shown(source), e.getMessage());
      if (named) {
        throw new CommandFailure(ExitCode.INCOMPLETE, why, REMEDY);
      }
      return judged(Advisories.none(), null, List.of(why), settings.strict(), clock);
    }
  }

  private static boolean isAddress(String source) {
    return source.startsWith("https://") || source.startsWith("http://");
  }

  private static String shown(String source) {
    return Printable.of(source, 300);
  }

  private static CurrentAdvisories fromDisk(String source, boolean strict, InstantSource clock)
      throws IOException {
    Advisories records = Advisories.read(Path.of(source));
    return judged(records, records.newest().orElse(null), List.of(), strict, clock);
  }

  private static CurrentAdvisories fromAddress(
      String source, boolean ask, AdvisorySettings settings, Memory memory, InstantSource clock)
      throws IOException {
    try (Outbound outbound = new Outbound(outbound(settings))) {
      AdvisoryFeed feed = new AdvisoryFeed(outbound, memory.folder(), clock);
      FeedReading reading =
          ask ? feed.read(URI.create(source)) : feed.remembered(URI.create(source));
      List<String> notes = reading.fault() == null ? List.of() : List.of(reading.fault());
      return judged(reading.advisories(), reading.confirmed(), notes, settings.strict(), clock);
    }
  }

  private static OutboundSettings outbound(AdvisorySettings settings) {
    try {
      ConfigurationFile file = ConfigurationFile.of(settings.config(), null);
      return OutboundSettings.of(settings.environment(), LocalSettings.read(file, null).caFile());
    } catch (ConfigurationException e) {
      List<String> lines = new ArrayList<>();
      lines.add("Could not fetch the advisories: the configuration is wrong.");
      e.problems().forEach(problem -> lines.add(problem.toString()));
      throw new CommandFailure(ExitCode.WRONG_USE, lines);
    }
  }

  private static CurrentAdvisories judged(
      Advisories records,
      @Nullable Instant asOf,
      List<String> notes,
      boolean strict,
      InstantSource clock) {
    List<String> all = new ArrayList<>(notes);
    List<Problem> problems = new ArrayList<>();
    String age = age(records, asOf, clock.instant());
    all.add(age);
    boolean stale = asOf == null || asOf.isBefore(clock.instant().minus(STALE));
    if (strict && stale) {
      problems.add(new Problem(null, age));
    }
    for (UnreadRecord record : records.unread()) {
      problems.add(
          new Problem(record.where(), "Could not read an advisory: " + record.why() + "."));
    }
    return new CurrentAdvisories(records, asOf, all, problems);
  }

  private static String age(Advisories records, @Nullable Instant asOf, Instant now) {
    if (asOf == null) {
      return "No advisories: only the incidents that are built in are known. " + REMEDY;
    }
    String day = asOf.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    long days = Duration.between(asOf, now).toDays();
    String told = "%,d advisories, as of %s".formatted(records.size(), day);
    return days > STALE.toDays()
        ? told + ", %,d days ago: newer malware is not known. ".formatted(days) + REMEDY
        : told + ".";
  }

  /** As a report tells them. */
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("records", records.size());
    if (asOf != null) {
      details.put("as-of", asOf.toString());
    }
    return details;
  }

  /** Where the last source is remembered. */
  private record Memory(Path folder) {
    @Nullable String source() {
      Path file = folder.resolve("source");
      try {
        return Files.isRegularFile(file) ? Files.readString(file).strip() : null;
      } catch (IOException _) {
        // As good as forgotten; the report says that there are no advisories.
        return null;
      }
    }

    void remember(String source) throws IOException {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("source"), source + "\n");
    }
  }
}
