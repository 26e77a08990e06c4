package dev.gatehouse.advisories;

import dev.gatehouse.outbound.Limits;
import dev.gatehouse.outbound.Origin;
import dev.gatehouse.outbound.Outbound;
import dev.gatehouse.outbound.OutboundException;
import dev.gatehouse.outbound.OutboundRequest;
import dev.gatehouse.outbound.OutboundResponse;
import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Records from an address, remembered in a folder: what was there last is used where the server
 * does not answer, and it is replaced, as a whole, only by something that parsed and holds records.
 */
public final class AdvisoryFeed {
  /** OSV's archive for PyPI has some 25 MB. */
  private static final Limits LIMITS =
      new Limits(Duration.ofMinutes(10), Duration.ofSeconds(20), 1L << 30);

  private static final int NOT_MODIFIED = 304;
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Outbound outbound;
  private final Path folder;
  private final InstantSource clock;

  /**
   * Prepares; nothing is asked yet.
   *
   * @param folder where it is remembered; made when it is needed
   */
  public AdvisoryFeed(Outbound outbound, Path folder, InstantSource clock) {
    this.outbound = outbound;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Asks the server for what changed since, and reads what there is then.
   *
   * @param address of https, or of http on this machine
   * @throws IOException where there are no records, neither from the server nor remembered; the
   *     message is a sentence
   * @throws IllegalArgumentException where the address is of another kind; the message is a clause
   */
  public FeedReading read(URI address) throws IOException {
    Origin origin = allowed(address);
    Files.createDirectories(folder);
    Path records = folder.resolve(name(address) + ".osv");
    Path note = folder.resolve(name(address) + ".note");
    Optional<FeedNote> remembered = FeedNote.find(note, records);
    try {
      return ask(address, origin, remembered, records, note);
    } catch (IOException e) {
      return fallBack(records, remembered, e);
    }
  }

  /**
   * Reads what is remembered of an address, without asking it.
   *
   * @throws IOException where nothing is, or what is cannot be read; the message is a sentence
   */
  public FeedReading remembered(URI address) throws IOException {
    String name = name(address);
    Path records = folder.resolve(name + ".osv");
    Optional<FeedNote> note = FeedNote.find(folder.resolve(name + ".note"), records);
    if (note.isEmpty() || !Files.isRegularFile(records)) {
      throw new IOException("Nothing is remembered of it.");
    }
    return new FeedReading(Advisories.read(records), note.get().confirmed(), null);
  }

  /** Where what an address gave last is remembered; empty: nothing is. */
  public Optional<Path> file(URI address) {
    return Optional.of(folder.resolve(name(address) + ".osv")).filter(Files::isRegularFile);
  }

  private static String name(URI address) {
    return Sha256.digest(address.toString().getBytes(StandardCharsets.UTF_8))
        .hex()
        .substring(0, 16);
  }

  private static Origin allowed(URI address) {
    Origin origin = Origin.of(address);
    if (!origin.scheme().equals("https") && !THIS_MACHINE.contains(origin.host())) {
      throw new IllegalArgumentException(
          "records that decide what is refused come over https, or from this machine");
    }
    return origin;
  }

  private FeedReading ask(
      URI address, Origin origin, Optional<FeedNote> remembered, Path records, Path note)
      throws IOException {
    OutboundRequest.Builder request =
        OutboundRequest.get(address).named(origin).limits(LIMITS).compressed(true);
    remembered.ifPresent(
        known -> {
          known.etag().ifPresent(etag -> request.header("If-None-Match", etag));
          known.lastModified().ifPresent(time -> request.header("If-Modified-Since", time));
        });
    try (OutboundResponse response = outbound.send(request.build())) {
      Instant now = clock.instant();
      if (response.status() == NOT_MODIFIED && remembered.isPresent()) {
        return confirm(remembered.get(), now, records, note);
      }
      if (response.status() != 200) {
        throw new IOException("the server answered with status " + response.status());
      }
      Advisories advisories = replace(response, records);
      FeedNote.of(response, now).write(note);
      return new FeedReading(advisories, now, null);
    }
  }

  private static FeedReading confirm(FeedNote remembered, Instant now, Path records, Path note)
      throws IOException {
    try {
      Advisories advisories = Advisories.read(records);
      remembered.confirmedAt(now).write(note);
      return new FeedReading(advisories, now, null);
    } catch (IOException e) {
      // What is remembered was damaged: without it the next request gets all of it again.
      Files.deleteIfExists(records);
      throw e;
    }
  }

  /** A note that is older than the records only makes the server send them once more. */
  private Advisories replace(OutboundResponse response, Path records) throws IOException {
    Path arriving = Files.createTempFile(folder, "arriving", ".osv");
    try {
      try (OutputStream out = Files.newOutputStream(arriving)) {
        response.body().transferTo(out);
      }
      Advisories advisories = Advisories.read(arriving);
      advisories.checkReplaces(readIfPossible(records));
      Files.move(
          arriving, records, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return advisories;
    } finally {
      Files.deleteIfExists(arriving);
    }
  }

  private static Advisories readIfPossible(Path records) {
    try {
      return Files.isRegularFile(records) ? Advisories.read(records) : Advisories.none();
    } catch (IOException damaged) {
      return Advisories.none();
    }
  }

  private static FeedReading fallBack(
      Path records, Optional<FeedNote> remembered, IOException fault) throws IOException {
    String sentence = sentence(fault);
    if (remembered.isEmpty() || !Files.isRegularFile(records)) {
      throw new IOException(sentence, fault);
    }
    return new FeedReading(Advisories.read(records), remembered.get().confirmed(), sentence);
  }

  private static String sentence(IOException fault) {
    return fault instanceof OutboundException outbound
        ? "Could not fetch the advisories: %s. %s".formatted(outbound.problem(), outbound.remedy())
        : "Could not fetch the advisories: %s.".formatted(fault.getMessage());
  }
}
