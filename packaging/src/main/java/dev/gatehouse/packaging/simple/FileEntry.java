package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.artifact.ArtifactName;
import dev.gatehouse.packaging.name.ProjectName;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a page says of one file, before any of it is believed. */
final class FileEntry {
  private static final int MOST_NOTES = 10;

  @Nullable String filename;
  @Nullable String url;
  @Nullable Long size;
  @Nullable String uploadTime;
  @Nullable String firstSeen;
  @Nullable String requiresPython;
  @Nullable MetadataOffer coreMetadata;

  /**
   * The older name of {@link #coreMetadata}, which counts only where the newer is missing (PEP
   * 714).
   */
  @Nullable MetadataOffer distInfoMetadata;

  Yank yank = Yank.notYanked();
  @Nullable String provenance;

  /** By algorithm, neither of them checked. */
  Map<String, String> hashes = Map.of();

  private final List<String> notes = new ArrayList<>(0);

  /** Remembers what was wrong with something that the file can do without. */
  void note(String problem) {
    if (notes.size() < MOST_NOTES) {
      notes.add(problem);
    }
  }

  /**
   * The offer of metadata that a page makes by stating hashes; none where the SHA-256 among them is
   * malformed.
   */
  MetadataOffer offered(Map<String, String> stated) {
    try {
      return MetadataOffer.believed(stated);
    } catch (MalformedException e) {
      note("its metadata: " + e.getMessage());
      return MetadataOffer.none();
    }
  }

  /**
   * The file as the page means it.
   *
   * @throws MalformedException when it cannot be offered: it lacks a name or an address, either is
   *     malformed, or its SHA-256 is
   */
  PageFile toFile(ProjectName project, Links links) {
    if (filename == null || url == null) {
      throw new MalformedException("a file has a name and an address");
    }
    URI address = links.resolve(url);
    PageFile.Builder file =
        PageFile.builder(ArtifactName.parse(filename, project), withoutFragment(address));
    Hashes.believed(hashes).forEach(file::hash);
    MetadataOffer offer = coreMetadata != null ? coreMetadata : distInfoMetadata;
    return file.size(size)
        .uploadTime(time(uploadTime))
        .firstSeen(time(firstSeen))
        .requiresPython(requiresPython)
        .metadata(offer != null ? offer : MetadataOffer.none())
        .yank(yank)
        .provenance(provenance(links))
        .build();
  }

  /** What could not be read of a file that {@link #toFile} made all the same. */
  List<String> notes() {
    return notes;
  }

  /** Without a readable time the file is as young as its first sight. */
  private @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      note("not a time: " + quoted(text));
      return null;
    }
  }

  private @Nullable URI provenance(Links links) {
    if (provenance == null) {
      return null;
    }
    try {
      return links.resolve(provenance);
    } catch (MalformedException e) {
      note("its provenance: " + e.getMessage());
      return null;
    }
  }

  private static URI withoutFragment(URI address) {
    if (address.getRawFragment() == null) {
      return address;
    }
    String text = address.toString();
    return URI.create(text.substring(0, text.indexOf('#')));
  }
}
