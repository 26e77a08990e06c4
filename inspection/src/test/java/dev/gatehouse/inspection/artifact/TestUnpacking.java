package dev.gatehouse.inspection.artifact;

import dev.gatehouse.findings.Problem;
import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.ArchiveReading;
import dev.gatehouse.inspection.archive.EntryReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads well-formed archives, so that these tests need no archive reader of ours. */
final class TestUnpacking implements Unpacking {
  private long entries;
  private long size;

  @Override
  public Optional<ArchiveReading> read(
      String filename, SeekableByteChannel bytes, int depth, EntryReader reader) {
    try {
      if (filename.endsWith(".tar.gz")) {
        tar(bytes, reader);
      } else if (filename.endsWith(".whl")
          || filename.endsWith(".zip")
          || filename.endsWith(".egg")) {
        zip(bytes, reader);
      } else {
        return Optional.empty();
      }
      return Optional.of(new ArchiveReading(List.of(), List.of(), entries, size));
    } catch (IOException e) {
      Problem problem = new Problem(null, String.valueOf(e.getMessage()));
      return Optional.of(new ArchiveReading(List.of(), List.of(problem), entries, size));
    }
  }

  private void zip(SeekableByteChannel bytes, EntryReader reader) throws IOException {
    try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(new UnclosedChannel(bytes)).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        try (InputStream in = zip.getInputStream(entry)) {
          ArchiveEntry.Type type =
              entry.isDirectory()
                  ? ArchiveEntry.Type.DIRECTORY
                  : entry.isUnixSymlink()
                      ? ArchiveEntry.Type.SYMBOLIC_LINK
                      : ArchiveEntry.Type.FILE;
          give(entry.getName(), type, entry.getSize(), in, reader);
        }
      }
    }
  }

  private void tar(SeekableByteChannel bytes, EntryReader reader) throws IOException {
    TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(Channels.newInputStream(bytes)));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      ArchiveEntry.Type type =
          entry.isDirectory() ? ArchiveEntry.Type.DIRECTORY : ArchiveEntry.Type.FILE;
      give(entry.getName(), type, entry.getSize(), tar, reader);
    }
  }

  private void give(
      String path, ArchiveEntry.Type type, long length, InputStream in, EntryReader reader)
      throws IOException {
    entries++;
    size += length;
    reader.read(new ArchiveEntry(path, type, length, false, null), in);
  }
}
