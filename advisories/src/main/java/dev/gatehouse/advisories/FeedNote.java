package dev.gatehouse.advisories;

import dev.gatehouse.outbound.OutboundResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What lies beside remembered records: three lines, of which the second and third may be empty.
 *
 * @param confirmed when the server last said that they are its newest
 * @param etagText as the server gave it (RFC 9110, section 8.8.3)
 * @param lastModifiedText as the server gave it
 */
record FeedNote(Instant confirmed, String etagText, String lastModifiedText) {
  private static final int LONGEST = 4_096;

  static FeedNote of(OutboundResponse response, Instant confirmed) {
    return new FeedNote(confirmed, header(response, "ETag"), header(response, "Last-Modified"));
  }

  /**
   * The note beside records. One that is lost is made up from the time of their file; without
   * validators all is fetched anew.
   */
  static Optional<FeedNote> find(Path note, Path records) throws IOException {
    if (!Files.isRegularFile(records)) {
      return Optional.empty();
    }
    return Optional.of(
        read(note).orElse(new FeedNote(Files.getLastModifiedTime(records).toInstant(), "", "")));
  }

  private static Optional<FeedNote> read(Path note) throws IOException {
    if (!Files.isRegularFile(note) || Files.size(note) > LONGEST) {
      return Optional.empty();
    }
    List<String> lines =
        List.of(new String(Files.readAllBytes(note), StandardCharsets.UTF_8).split("\n", -1));
    try {
      return lines.size() < 3
          ? Optional.empty()
          : Optional.of(new FeedNote(Instant.parse(lines.get(0)), lines.get(1), lines.get(2)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  Optional<String> etag() {
    return Optional.of(etagText).filter(text -> !text.isEmpty());
  }

  Optional<String> lastModified() {
    return Optional.of(lastModifiedText).filter(text -> !text.isEmpty());
  }

  FeedNote confirmedAt(Instant time) {
    return new FeedNote(time, etagText, lastModifiedText);
  }

  void write(Path note) throws IOException {
    Path arriving = Files.createTempFile(note.getParent(), "arriving", ".note");
    try {
      Files.writeString(arriving, confirmed + "\n" + etagText + "\n" + lastModifiedText + "\n");
      Files.move(
          arriving, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(arriving);
    }
  }

  private static String header(OutboundResponse response, String name) {
    return response
        .header(name)
        .filter(value -> value.length() <= 1_000 && value.chars().allMatch(c -> c >= 32 && c < 127))
        .orElse("");
  }
}
