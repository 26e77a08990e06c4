package dev.gatehouse.index.http;

import dev.gatehouse.index.listing.Addresses;
import dev.gatehouse.index.listing.ListedFile;
import dev.gatehouse.index.listing.Listing;
import dev.gatehouse.packaging.artifact.SdistName;
import dev.gatehouse.packaging.artifact.WheelName;
import dev.gatehouse.packaging.metadata.CoreMetadata;
import dev.gatehouse.packaging.simple.PageFile;
import dev.gatehouse.packaging.simple.Yank;
import dev.gatehouse.packaging.version.Version;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A project or one version of it in the shape of PyPI's JSON API. {@code vulnerabilities} is left
 * out: an empty list would say that none are known, and nobody has looked.
 */
final class PypiDocument {
  private static final JsonMapper JSON = new JsonMapper();

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Listing listing;
  private final Version version;
  private final Optional<CoreMetadata> metadata;
  private final URI root;

  /**
   * @param version the version that {@code info} and {@code urls} speak of
   * @param root the index's address as the client knows it, ending in a slash
   */
  PypiDocument(Listing listing, Version version, Optional<CoreMetadata> metadata, URI root) {
    this.listing = listing;
    this.version = version;
    this.metadata = metadata;
    this.root = root;
  }

  /**
   * @param ofProject with the files of all versions, which only the document of a project has
   */
  byte[] write(boolean ofProject) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("info", info());
    document.put("last_serial", 0);
    if (ofProject) {
      document.put("releases", releases());
    }
    document.put("urls", urls(version));
    return JSON.writeValueAsBytes(document);
  }

  private Map<String, List<Map<String, Object>>> releases() {
    Map<Version, List<Map<String, Object>>> byVersion = new TreeMap<>();
    for (ListedFile file : listing.shown()) {
      byVersion.computeIfAbsent(file.name().version(), _ -> new ArrayList<>()).add(url(file));
    }
    Map<String, List<Map<String, Object>>> releases = new LinkedHashMap<>();
    byVersion.forEach((v, files) -> releases.put(v.toString(), files));
    return releases;
  }

  private List<Map<String, Object>> urls(Version of) {
    return listing.shown().stream()
        .filter(file -> file.name().version().equals(of))
        .map(this::url)
        .toList();
  }

  private Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("name", metadata.map(CoreMetadata::spelledName).orElse(listing.name().normalized()));
    info.put("version", version.toString());
    text(info, "summary", "Summary");
    info.put("description", metadata.flatMap(CoreMetadata::description).orElse(""));
    text(info, "description_content_type", "Description-Content-Type");
    text(info, "author", "Author");
    text(info, "author_email", "Author-email");
    text(info, "maintainer", "Maintainer");
    text(info, "maintainer_email", "Maintainer-email");
    text(info, "license", "License");
    text(info, "license_expression", "License-Expression");
    info.put("license_files", values("License-File"));
    text(info, "home_page", "Home-page");
    text(info, "download_url", "Download-URL");
    info.put("project_urls", projectUrls());
    text(info, "keywords", "Keywords");
    info.put("classifiers", values("Classifier"));
    info.put(
        "platform", metadata.flatMap(m -> m.values("Platform").stream().findFirst()).orElse(null));
    info.put("requires_dist", values("Requires-Dist"));
    info.put("requires_python", requiresPython());
    info.put("provides_extra", values("Provides-Extra"));
    info.put("dynamic", values("Dynamic"));
    String page = root.resolve("simple/" + listing.name() + "/").toString();
    info.put("package_url", page);
    info.put("project_url", page);
    info.put("release_url", page);
    boolean yanked = filesOfVersion().stream().allMatch(ListedFile::isYanked);
    info.put("yanked", yanked);
    info.put("yanked_reason", yanked ? yankedReason(filesOfVersion().getFirst().shown()) : null);
    return info;
  }

  private List<ListedFile> filesOfVersion() {
    return listing.shown().stream().filter(file -> file.name().version().equals(version)).toList();
  }

  private void text(Map<String, Object> info, String member, String header) {
    info.put(member, values(header).stream().findFirst().orElse(null));
  }

  private List<String> values(String header) {
    return metadata.map(m -> m.values(header)).orElse(List.of());
  }

  private @Nullable Map<String, String> projectUrls() {
    Map<String, String> urls = new LinkedHashMap<>();
    for (String value : values("Project-URL")) {
      int comma = value.indexOf(',');
      if (comma > 0) {
        urls.put(value.substring(0, comma).strip(), value.substring(comma + 1).strip());
      }
    }
    return urls.isEmpty() ? null : urls;
  }

  private @Nullable String requiresPython() {
    return filesOfVersion().stream()
        .map(file -> file.shown().requiresPython())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Map<String, Object> url(ListedFile listed) {
    PageFile file = listed.shown();
    Map<String, Object> url = new LinkedHashMap<>();
    url.put("filename", listed.name().filename());
    url.put(
        "url", root.resolve(Addresses.file(listing.name(), listed.name().filename())).toString());
    url.put("digests", file.hashes());
    url.put("md5_digest", file.hashes().get("md5"));
    url.put("size", file.size());
    url.put("packagetype", listed.name() instanceof WheelName ? "bdist_wheel" : "sdist");
    url.put(
        "python_version",
        switch (listed.name()) {
          case WheelName wheel -> String.join(".", wheel.pythonTags());
          case SdistName _ -> "source";
        });
    url.put("requires_python", file.requiresPython());
    Instant uploaded = file.uploadTime();
    url.put("upload_time", uploaded == null ? null : SECONDS.format(uploaded));
    url.put("upload_time_iso_8601", uploaded == null ? null : MICROS.format(uploaded));
    url.put("has_sig", false);
    url.put("comment_text", null);
    url.put("yanked", listed.isYanked());
    url.put("yanked_reason", yankedReason(file));
    return url;
  }

  private static @Nullable String yankedReason(PageFile file) {
    return switch (file.yank()) {
      case Yank.NotYanked _ -> null;
      case Yank.Yanked yanked -> yanked.reason();
    };
  }
}
