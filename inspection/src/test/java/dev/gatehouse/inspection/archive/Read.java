package dev.gatehouse.inspection.archive;

import dev.gatehouse.findings.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An archive as a test sees it.
 *
 * @param files the content of each, by path; a second one for a path replaces the first
 */
record Read(ArchiveReading reading, Map<String, String> files, List<ArchiveEntry> entries) {
  static Read of(byte[] archive, ArchiveFormat format) {
    return of(archive, format, Limits.DEFAULT);
  }

  static Read of(byte[] archive, ArchiveFormat format, Limits limits) {
    Map<String, String> files = new LinkedHashMap<>();
    List<ArchiveEntry> entries = new ArrayList<>();
    ArchiveReading reading =
        Archives.read(
            new MemoryChannel(archive),
            format,
            new Budget(limits, InstantSource.fixed(Instant.EPOCH)),
            (entry, content) -> {
              entries.add(entry);
              byte[] bytes = content.readAllBytes();
              if (entry.type() == ArchiveEntry.Type.FILE) {
                files.put(entry.path(), new String(bytes, StandardCharsets.ISO_8859_1));
              }
            });
    return new Read(reading, files, entries);
  }

  /** The rules of its findings. */
  List<String> rules() {
    return reading.findings().stream().map(finding -> finding.rule().name()).distinct().toList();
  }

  /** Whether anything would block it. */
  boolean blocks() {
    return reading.findings().stream().anyMatch(Finding::blocking);
  }

  boolean isSilent() {
    return reading.findings().isEmpty() && reading.problems().isEmpty();
  }
}
