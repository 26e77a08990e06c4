package dev.gatehouse.inspection.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Writes images as {@code docker save} and as OCI layouts. */
final class ImageSample {
  private final TarSample tar = new TarSample();
  private final List<String> digests = new ArrayList<>();

  /** Adds a blob and gives its digest. */
  String blob(byte[] content) {
    String hex = sha256(content);
    if (!digests.contains(hex)) {
      digests.add(hex);
      tar.entry("blobs/sha256/" + hex, '0', "", content);
    }
    return "sha256:" + hex;
  }

  /** Adds a manifest of layers and gives its digest. */
  String manifest(byte[]... layers) {
    List<String> items = new ArrayList<>();
    for (byte[] layer : layers) {
      items.add(
          "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"%s\"}"
              .formatted(blob(layer)));
    }
    return blob(utf8("{\"layers\":[%s]}".formatted(String.join(",", items))));
  }

  /** Adds an index of manifests, each for a platform, and gives its digest. */
  String index(String... digestsAndPlatforms) {
    return blob(utf8(indexText(digestsAndPlatforms)));
  }

  private static String indexText(String... digestsAndPlatforms) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < digestsAndPlatforms.length; i += 2) {
      items.add(
          "{\"digest\":\"%s\",\"platform\":{\"os\":\"%s\",\"architecture\":\"amd64\"}}"
              .formatted(digestsAndPlatforms[i], digestsAndPlatforms[i + 1]));
    }
    return "{\"manifests\":[%s]}".formatted(String.join(",", items));
  }

  /** Ends an OCI layout. */
  byte[] oci(String... digestsAndPlatforms) {
    tar.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
    return tar.file("index.json", indexText(digestsAndPlatforms)).bytes();
  }

  /** An image of one manifest. */
  static byte[] oci(byte[]... layers) {
    ImageSample sample = new ImageSample();
    return sample.oci(sample.manifest(layers), "linux");
  }

  /** What older versions of Docker save. */
  static byte[] docker(byte[]... layers) {
    TarSample tar = new TarSample();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.length; i++) {
      names.add(i + "/layer.tar");
      tar.folder(i + "/").entry(names.get(i), '0', "", layers[i]);
    }
    String quoted = names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
    return tar.file(
            "manifest.json",
            "[{\"Config\":\"c.json\",\"RepoTags\":[\"a:1\"],\"Layers\":[%s]}]".formatted(quoted))
        .bytes();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
