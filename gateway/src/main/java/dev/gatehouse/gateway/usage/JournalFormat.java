package dev.gatehouse.gateway.usage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.gateway.conversation.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a segment of the journal is written: a line that names the format, then records, each its
 * length (4 bytes), the CRC-32C of what follows (4 bytes), and the entry. Segments of the format
 * before, whose entries have no labels, are still read.
 *
 * <p>A record at the end that is not whole was being written when the process or the power went; no
 * call was told that it counts, so it is passed over. Anything else that is not as it was written
 * is damage, and said to be.
 */
final class JournalFormat {
  static final byte[] HEADER = "gatehouse-usage/2\n".getBytes(US_ASCII);
  private static final byte[] HEADER_WITHOUT_LABELS = "gatehouse-usage/1\n".getBytes(US_ASCII);

  /** Names have at most 3 bytes a character: no record comes near it. */
  private static final int MOST_RECORD = 8192;

  private static final int PREFIX = 8;
  private static final UUID NOBODY = new UUID(0, 0);

  private JournalFormat() {}

  static byte[] record(UsageEntry entry) {
    byte[] payload = payload(entry);
    return ByteBuffer.allocate(PREFIX + payload.length)
        .putInt(payload.length)
        .putInt(checksum(payload))
        .put(payload)
        .array();
  }

  private static byte[] payload(UsageEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(entry.at().toEpochMilli());
      write(out, entry.key());
      write(out, entry.user());
      write(out, entry.team());
      out.writeUTF(entry.provider());
      out.writeUTF(entry.model());
      Usage usage = entry.usage();
      out.writeLong(usage.input());
      out.writeLong(usage.cacheRead());
      out.writeLong(usage.cacheWritten());
      out.writeLong(usage.output());
      out.writeLong(usage.thinking());
      out.writeLong(entry.nanoUsd());
      write(out, entry.labels());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, @Nullable UUID id) throws IOException {
    UUID written = id == null ? NOBODY : id;
    out.writeLong(written.getMostSignificantBits());
    out.writeLong(written.getLeastSignificantBits());
  }

  private static void write(DataOutputStream out, Labels labels) throws IOException {
    out.writeUTF(labels.endUser() == null ? "" : labels.endUser());
    out.writeByte(labels.tags().size());
    for (String tag : labels.tags()) {
      out.writeUTF(tag);
    }
  }

  private static int checksum(byte[] payload) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    return (int) checksum.getValue();
  }

  /**
   * Reads a whole segment.
   *
   * @throws IOException where it cannot be read or is damaged
   */
  static List<UsageEntry> read(Path segment) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
    List<UsageEntry> entries = new ArrayList<>();
    if (!header(bytes, segment)) {
      return entries;
    }
    boolean labelled = bytes.get(HEADER.length - 2) == HEADER[HEADER.length - 2];
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      byte[] payload = next(bytes);
      if (payload == null) {
        requireTorn(bytes.position(start), segment);
        return entries;
      }
      entries.add(entry(payload, labelled));
    }
    return entries;
  }

  /** False where the very first bytes were being written. */
  private static boolean header(ByteBuffer bytes, Path segment) throws IOException {
    byte[] found = new byte[Math.min(HEADER.length, bytes.remaining())];
    bytes.get(found);
    if (!isBeginning(found, HEADER) && !isBeginning(found, HEADER_WITHOUT_LABELS)) {
      requireTorn(bytes.rewind(), segment);
      return false;
    }
    return found.length == HEADER.length;
  }

  private static boolean isBeginning(byte[] found, byte[] header) {
    return Arrays.equals(found, Arrays.copyOf(header, found.length));
  }

  /** The next record's payload; null where there is no whole one. */
  private static byte @Nullable [] next(ByteBuffer bytes) {
    if (bytes.remaining() < PREFIX) {
      return null;
    }
    int length = bytes.getInt();
    int checksum = bytes.getInt();
    if (length <= 0 || length > Math.min(MOST_RECORD, bytes.remaining())) {
      return null;
    }
    byte[] payload = new byte[length];
    bytes.get(payload);
    return checksum(payload) == checksum ? payload : null;
  }

  /** The end may be torn, or zeros where a file system had grown it before a loss of power. */
  private static void requireTorn(ByteBuffer rest, Path segment) throws IOException {
    int at = rest.position();
    boolean cut = rest.remaining() < PREFIX || rest.getInt(at) + PREFIX >= rest.remaining();
    boolean torn = cut && rest.remaining() <= MOST_RECORD + PREFIX;
    boolean zeros = true;
    while (zeros && rest.hasRemaining()) {
      zeros = rest.get() == 0;
    }
    if (!torn && !zeros) {
      throw new IOException(
          "The usage journal %s is damaged at byte %d. Move it out of its folder to go on without what it holds from there on; its entries before that are not in the tables yet either."
              .formatted(segment, at));
    }
  }

  private static UsageEntry entry(byte[] payload, boolean labelled) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    Instant at = Instant.ofEpochMilli(in.readLong());
    UUID key = new UUID(in.readLong(), in.readLong());
    UUID user = id(in);
    UUID team = id(in);
    String provider = in.readUTF();
    String model = in.readUTF();
    Usage usage =
        new Usage(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    long nanoUsd = in.readLong();
    Labels labels = labelled ? labels(in) : Labels.NONE;
    return new UsageEntry(at, key, user, team, provider, model, labels, usage, nanoUsd);
  }

  private static Labels labels(DataInputStream in) throws IOException {
    String endUser = in.readUTF();
    List<String> tags = new ArrayList<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      tags.add(in.readUTF());
    }
    return new Labels(endUser, tags);
  }

  private static @Nullable UUID id(DataInputStream in) throws IOException {
    UUID id = new UUID(in.readLong(), in.readLong());
    return id.equals(NOBODY) ? null : id;
  }
}
