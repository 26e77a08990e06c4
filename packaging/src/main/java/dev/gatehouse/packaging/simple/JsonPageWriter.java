package dev.gatehouse.packaging.simple;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes a project's page in JSON: the same page, the same bytes. */
final class JsonPageWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final JsonGenerator json;

  JsonPageWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(ProjectPage page) {
    json.writeStartObject();
    meta(json, page.offered().stream().allMatch(file -> file.size() != null));
    json.writeStringProperty("name", page.name().normalized());
    writeStatus(page.status());
    json.writeArrayPropertyStart("versions");
    page.versions().forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("files");
    page.offered().forEach(this::writeFile);
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Declares what is truly met: without every size, no more than 1.0. */
  static void meta(JsonGenerator json, boolean complete) {
    json.writeObjectPropertyStart("meta");
    json.writeStringProperty("api-version", complete ? ApiVersion.NEWEST : ApiVersion.FIRST);
    json.writeEndObject();
  }

  private void writeStatus(ProjectStatus status) {
    json.writeObjectPropertyStart("project-status");
    json.writeStringProperty("status", status.state().marker());
    if (status.reason() != null) {
      json.writeStringProperty("reason", status.reason());
    }
    json.writeEndObject();
  }

  private void writeFile(PageFile file) {
    json.writeStartObject();
    json.writeStringProperty("filename", file.name().filename());
    json.writeStringProperty("url", file.url().toString());
    writeHashes("hashes", file.hashes());
    if (file.size() != null) {
      json.writeNumberProperty("size", file.size());
    }
    writeTime("upload-time", file.uploadTime());
    writeTime("_first-seen", file.firstSeen());
    if (file.requiresPython() != null) {
      json.writeStringProperty("requires-python", file.requiresPython());
    }
    writeMetadata("core-metadata", file.metadata());
    writeMetadata("dist-info-metadata", file.metadata());
    writeYank(file.yank());
    if (file.provenance() != null) {
      json.writeStringProperty("provenance", file.provenance().toString());
    }
    json.writeEndObject();
  }

  private void writeTime(String name, @Nullable Instant time) {
    if (time != null) {
      json.writeStringProperty(name, TIME.format(time));
    }
  }

  private void writeMetadata(String name, MetadataOffer offer) {
    switch (offer) {
      case MetadataOffer.None() -> json.writeBooleanProperty(name, false);
      case MetadataOffer.Unhashed() -> json.writeBooleanProperty(name, true);
      case MetadataOffer.Hashed(Map<String, String> hashes) -> writeHashes(name, hashes);
    }
  }

  private void writeHashes(String name, Map<String, String> hashes) {
    json.writeObjectPropertyStart(name);
    hashes.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  /** A reason is not empty (PEP 691). */
  private void writeYank(Yank yank) {
    switch (yank) {
      case Yank.NotYanked() -> json.writeBooleanProperty("yanked", false);
      case Yank.Yanked(String reason) when reason.isEmpty() ->
          json.writeBooleanProperty("yanked", true);
      case Yank.Yanked(String reason) -> json.writeStringProperty("yanked", reason);
    }
  }
}
