package dev.gatehouse.packaging.simple;

import static dev.gatehouse.packaging.MalformedException.quoted;

import dev.gatehouse.packaging.MalformedException;
import dev.gatehouse.packaging.name.ProjectName;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a project's page in JSON (PEP 691, 700, 714, 740, 792) in one pass. */
final class JsonPageReader {
  private static final int MOST_HASHES = 32;

  private final JsonCursor json;
  private final ProjectName project;
  private final Links links;
  private final PageDraft draft;
  private @Nullable String apiVersion;
  private @Nullable String name;
  private @Nullable List<String> versions;

  JsonPageReader(JsonCursor json, ProjectName project, URI base) {
    this.json = json;
    this.project = project;
    this.links = new Links(base);
    this.draft = new PageDraft(project);
  }

  ReadPage read() {
    json.members(this::readMember);
    if (apiVersion == null) {
      throw new MalformedException("a JSON page states its meta.api-version");
    }
    if (name == null) {
      throw new MalformedException("a JSON page states its project's name");
    }
    return draft.finish(versions);
  }

  private void readMember(String key) {
    switch (key) {
      case "meta" -> json.members(this::readMeta);
      case "name" -> readName();
      case "versions" -> readVersions();
      case "files" -> json.elements(this::readFile);
      case "project-status" -> readStatus();
      default -> {}
    }
  }

  private void readMeta(String key) {
    String value = json.string();
    if (key.equals("api-version") && value != null) {
      ApiVersion.requireKnown(value);
      apiVersion = value;
    }
  }

  private void readName() {
    String value = json.string();
    if (value != null) {
      if (ProjectName.parseIfValid(value).filter(project::equals).isEmpty()) {
        throw new MalformedException(
            "a page of %s was expected, not of %s".formatted(project, quoted(value)));
      }
      name = value;
    }
  }

  private void readVersions() {
    if (!json.isArray()) {
      return;
    }
    List<String> read = new ArrayList<>();
    json.elements(
        () -> {
          String version = json.string();
          if (version == null || version.length() > 255) {
            draft.problem("a version is a string of at most 255 characters");
          } else if (read.size() < PageDraft.MOST_FILES) {
            read.add(version);
          }
        });
    versions = read;
  }

  /** An object of two members at the top of the page; PEP 792's own example has it elsewhere. */
  private void readStatus() {
    Map<String, String> status = strings();
    String marker = status.get("status");
    if (marker != null) {
      draft.status(marker, status.get("reason"));
    }
  }

  private void readFile() {
    FileEntry entry = new FileEntry();
    json.members(key -> readFileMember(entry, key));
    draft.add(entry, links);
  }

  private void readFileMember(FileEntry entry, String key) {
    switch (key) {
      case "filename" -> entry.filename = json.string();
      case "url" -> entry.url = json.string();
      case "hashes" -> entry.hashes = strings();
      case "size" -> readSize(entry);
      case "upload-time" -> entry.uploadTime = json.string();
      case "_first-seen" -> entry.firstSeen = json.string();
      case "requires-python" -> entry.requiresPython = json.string();
      case "core-metadata" -> entry.coreMetadata = metadata(entry);
      case "dist-info-metadata" -> entry.distInfoMetadata = metadata(entry);
      case "yanked" -> entry.yank = yank();
      case "provenance" -> entry.provenance = json.string();
      default -> {}
    }
  }

  private void readSize(FileEntry entry) {
    Long size = json.integer();
    if (size != null && size >= 0) {
      entry.size = size;
    } else if (!json.isNull()) {
      entry.note("its size is not a number of bytes");
    }
  }

  private @Nullable MetadataOffer metadata(FileEntry entry) {
    if (json.isNull()) {
      return null;
    }
    if (!json.isObject()) {
      return json.isTrue() ? MetadataOffer.unhashed() : MetadataOffer.none();
    }
    return entry.offered(strings());
  }

  /** A reason is not empty (PEP 691); pip takes an empty one for none. */
  private Yank yank() {
    String reason = json.string();
    if (json.isTrue()) {
      return new Yank.Yanked("");
    }
    return reason == null || reason.isEmpty()
        ? Yank.notYanked()
        : new Yank.Yanked(PageText.shortened(reason));
  }

  private Map<String, String> strings() {
    Map<String, String> strings = new LinkedHashMap<>();
    json.members(
        key -> {
          String value = json.string();
          if (strings.size() < MOST_HASHES) {
            strings.put(key, value == null ? "" : value);
          }
        });
    return strings;
  }
}
