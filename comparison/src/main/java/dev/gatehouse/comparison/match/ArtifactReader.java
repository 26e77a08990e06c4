package dev.gatehouse.comparison.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.comparison.source.BlobId;
import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.ArchiveFormat;
import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.Archives;
import dev.gatehouse.inspection.archive.Budget;
import dev.gatehouse.inspection.archive.EntryReader;
import dev.gatehouse.inspection.archive.Limits;
import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a wheel or sdist twice: once to hash all of it while it streams by, once to hold the few
 * files that the hashes do not explain.
 */
public final class ArtifactReader {
  private static final int CHUNK = 64 * 1024;

  /** All that is held at once, which is far more than any artifact leaves unexplained: 128 MiB. */
  private static final long MOST_HELD = 128L << 20;

  private final String filename;
  private final SeekableByteChannel bytes;
  private final Limits limits;
  private final InstantSource clock;
  private final List<ArtifactFile> files = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, ArtifactFile> byPath = new HashMap<>();

  private ArtifactReader(
      String filename, SeekableByteChannel bytes, Limits limits, InstantSource clock) {
    this.filename = filename;
    this.bytes = bytes;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Reads an artifact.
   *
   * @param bytes left open, and read again when contents are asked for
   * @throws MalformedException where it is neither a wheel nor an sdist of a project and version
   * @throws IOException where the file cannot be read
   */
  public static Artifact read(
      String filename, SeekableByteChannel bytes, Limits limits, InstantSource clock)
      throws IOException {
    return new ArtifactReader(filename, bytes, limits, clock).read();
  }

  private Artifact read() throws IOException {
    ArchiveReading reading = archive(this::hash);
    problems.addAll(reading.problems());
    boolean isWheel = filename.toLowerCase(Locale.ROOT).endsWith(".whl");
    return isWheel ? wheel(reading) : sdist(reading);
  }

  private ArchiveReading archive(EntryReader reader) throws IOException {
    ArchiveFormat format =
        ArchiveFormat.find(filename)
            .orElseThrow(
                () -> new MalformedException("a wheel or an sdist was expected, not " + filename));
    bytes.position(0);
    return Archives.read(bytes, format, new Budget(limits, clock), reader);
  }

  private void hash(ArchiveEntry entry, InputStream in) throws IOException {
    switch (entry.type()) {
      case FILE -> add(entry, in);
      case SYMBOLIC_LINK -> addLink(entry.path(), String.valueOf(entry.linkTarget()));
      case HARD_LINK -> addHardLink(entry.path(), String.valueOf(entry.linkTarget()));
      case DIRECTORY -> {
        // Its files tell of it.
      }
    }
  }

  private void add(ArchiveEntry entry, InputStream in) throws IOException {
    if (entry.size() < 0) {
      throw new IOException("the archive does not say how large it is");
    }
    MessageDigest git = BlobId.newDigest(entry.size());
    MessageDigest sha256 = Sha256.newDigest();
    byte[] chunk = new byte[Math.clamp(entry.size(), 1, CHUNK)];
    long size = 0;
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      git.update(chunk, 0, count);
      sha256.update(chunk, 0, count);
      size += count;
    }
    if (size != entry.size()) {
      throw new IOException("it has %d bytes, not %d as declared".formatted(size, entry.size()));
    }
    add(
        new ArtifactFile(
            entry.path(),
            entry.path(),
            size,
            BlobId.ofDigest(git.digest()),
            Sha256.of(sha256.digest()),
            false));
  }

  /** Git keeps a link as a file whose content is the target. */
  private void addLink(String path, String target) {
    byte[] content = target.getBytes(UTF_8);
    add(
        new ArtifactFile(
            path, path, content.length, BlobId.of(content), Sha256.digest(content), true));
  }

  private void addHardLink(String path, String target) {
    ArtifactFile other = byPath.get(target);
    if (other == null) {
      problems.add(
          new Problem(path, "Is a hard link to a file that was not read; it was not compared"));
    } else {
      add(new ArtifactFile(path, path, other.size(), other.id(), other.sha256(), false));
    }
  }

  private void add(ArtifactFile file) {
    files.add(file);
    byPath.put(file.path(), file);
  }

  private Artifact wheel(ArchiveReading reading) {
    WheelName name = WheelName.parse(filename);
    String metadata =
        files.stream()
            .map(ArtifactFile::path)
            .filter(path -> path.indexOf('/') > 0)
            .map(path -> path.substring(0, path.indexOf('/') + 1))
            .filter(folder -> folder.endsWith(".dist-info/"))
            .findFirst()
            .orElseThrow(() -> new MalformedException("a wheel has a .dist-info folder"));
    return artifact(name.project(), name.version(), true, metadata, reading);
  }

  private Artifact sdist(ArchiveReading reading) throws IOException {
    String root =
        files.stream()
            .map(ArtifactFile::path)
            .filter(path -> path.endsWith("/PKG-INFO") && path.indexOf('/') == path.length() - 9)
            .map(path -> path.substring(0, path.length() - 8))
            .findFirst()
            .orElseThrow(() -> new MalformedException("an sdist has a PKG-INFO in its folder"));
    ArtifactFile info = byPath.get(root + "PKG-INFO");
    byte[] content = info == null ? null : contents(List.of(info)).get(info.path());
    if (content == null) {
      throw new MalformedException("the PKG-INFO of an sdist is text of a few pages");
    }
    CoreMetadata metadata = CoreMetadata.parse(content);
    return artifact(metadata.name(), metadata.version(), false, root, reading);
  }

  private Artifact artifact(
      ProjectName project,
      Version version,
      boolean isWheel,
      String metadata,
      ArchiveReading reading) {
    List<ArtifactFile> placed =
        files.stream()
            .map(
                file ->
                    new ArtifactFile(
                        file.path(),
                        isWheel ? installed(file.path()) : inFolder(file.path(), metadata),
                        file.size(),
                        file.id(),
                        file.sha256(),
                        file.isLink()))
            .toList();
    return new Artifact(
        project,
        version,
        isWheel,
        metadata,
        placed,
        reading.findings(),
        problems,
        this::contentsOrNone);
  }

  /** {@code acme-1.0.data/purelib/} ends up beside all else (PEP 427, "The .data directory"). */
  private static String installed(String path) {
    int slash = path.indexOf('/');
    if (slash > 0 && path.substring(0, slash).endsWith(".data")) {
      String rest = path.substring(slash + 1);
      for (String scheme : List.of("purelib/", "platlib/")) {
        if (rest.startsWith(scheme)) {
          return rest.substring(scheme.length());
        }
      }
    }
    return path;
  }

  private static String inFolder(String path, String root) {
    return path.startsWith(root) ? path.substring(root.length()) : path;
  }

  private Map<String, byte[]> contentsOrNone(Collection<ArtifactFile> wanted) {
    try {
      return contents(wanted);
    } catch (IOException _) {
      // Whoever asks takes a file without content for one that was not compared.
      return Map.of();
    }
  }

  private Map<String, byte[]> contents(Collection<ArtifactFile> wanted) throws IOException {
    Map<String, byte[]> held = new LinkedHashMap<>();
    Set<String> paths = wanted.stream().map(ArtifactFile::path).collect(Collectors.toSet());
    if (paths.isEmpty()) {
      return held;
    }
    long[] sum = new long[1];
    archive(
        (entry, in) -> {
          if (entry.type() == ArchiveEntry.Type.FILE
              && paths.contains(entry.path())
              && entry.size() <= limits.bufferedBytes()
              && sum[0] + entry.size() <= MOST_HELD) {
            held.put(entry.path(), in.readNBytes((int) limits.bufferedBytes()));
            sum[0] += entry.size();
          }
        });
    return held;
  }
}
