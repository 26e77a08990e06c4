package dev.gatehouse.packaging.wheel;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.version.Version;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the metadata out of a wheel, byte for byte, as an index offers it beside the wheel (PEP
 * 658).
 */
public final class WheelMetadata {
  private static final String DIST_INFO = ".dist-info";
  private static final String METADATA = "/METADATA";

  private final WheelName wheel;
  private final Set<String> folders = new HashSet<>();
  private @Nullable ZipEntry metadata;

  private WheelMetadata(WheelName wheel) {
    this.wheel = wheel;
  }

  /**
   * The bytes of {@code NAME-VERSION.dist-info/METADATA}.
   *
   * @throws MalformedException when the file is no wheel, or can be read in two ways; when it has
   *     no such folder or more than one, or one of another project or version; when the entry is
   *     missing, there twice, encrypted, damaged, or larger than {@link CoreMetadata#LONGEST_BYTES}
   * @throws IOException when the file cannot be read
   */
  public static byte[] read(Path wheel, WheelName name) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(wheel)) {
      return read(channel, name);
    }
  }

  /**
   * Reads as {@link #read(Path, WheelName)} does; the channel may stand anywhere and is not closed.
   */
  public static byte[] read(SeekableByteChannel wheel, WheelName name) throws IOException {
    ChannelReader archive = new ChannelReader(wheel);
    ZipDirectory directory = new ZipDirectory(archive);
    ZipEntry entry = new WheelMetadata(name).find(directory);
    return new ZipContent(archive, entry, CoreMetadata.LONGEST_BYTES).read(directory.start());
  }

  private ZipEntry find(ZipDirectory directory) throws IOException {
    directory.forEach(this::visit);
    if (folders.size() != 1) {
      throw malformed("has one .dist-info folder, not " + folders.size());
    }
    String folder = folders.iterator().next();
    if (!isOwn(folder.substring(0, folder.length() - DIST_INFO.length()))) {
      throw malformed("has a .dist-info folder of its own name and version, not " + quoted(folder));
    }
    if (metadata == null) {
      throw malformed("has metadata");
    }
    return metadata;
  }

  private void visit(ZipEntry entry) {
    int slash = entry.name().indexOf('/');
    if (slash < 0 || !entry.name().startsWith(DIST_INFO, slash - DIST_INFO.length())) {
      return;
    }
    // More than two say no more than two do, and a hostile wheel has no bound to them.
    if (folders.size() < 2) {
      folders.add(entry.name().substring(0, slash));
    }
    if (entry.name().startsWith(METADATA, slash)
        && entry.name().length() == slash + METADATA.length()) {
      if (metadata != null) {
        throw malformed("has its metadata once");
      }
      metadata = entry;
    }
  }

  /**
   * Whether {@code stem} is the wheel's name and version, in any spelling; old build backends kept
   * dashes in names.
   */
  private boolean isOwn(String stem) {
    for (int dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
      if (ProjectName.parseIfValid(stem.substring(0, dash))
          .filter(wheel.project()::equals)
          .isPresent()) {
        return Version.parseIfValid(stem.substring(dash + 1))
            .filter(wheel.version()::equals)
            .isPresent();
      }
    }
    return false;
  }

  private MalformedException malformed(String rule) {
    return new MalformedException("a wheel %s, unlike %s".formatted(rule, wheel.filename()));
  }
}
