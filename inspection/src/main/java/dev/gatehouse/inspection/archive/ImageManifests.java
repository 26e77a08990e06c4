package dev.gatehouse.inspection.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the images of an archive: by the {@code manifest.json} of {@code docker save}, and by the
 * {@code index.json} of the OCI image layout with the indexes and manifests below it. Tools believe
 * the one or the other, so both are read and each image is taken once.
 */
final class ImageManifests {
  private static final int MOST_IMAGES = 64;
  private static final int MOST_LAYERS = 1024;
  private static final int DEEPEST = 4;

  private final Map<String, byte[]> documents;
  private final Delivery delivery;
  private final List<ImageManifest> images = new ArrayList<>();
  private final Set<List<String>> known = new HashSet<>();
  private final Set<String> visited = new HashSet<>();

  private ImageManifests(Map<String, byte[]> documents, Delivery delivery) {
    this.documents = documents;
    this.delivery = delivery;
  }

  /**
   * Finds all images for Linux.
   *
   * @param documents the small files of the archive, by path
   * @param delivery is told of what cannot be read
   */
  static List<ImageManifest> find(Map<String, byte[]> documents, Delivery delivery)
      throws LimitException {
    ImageManifests found = new ImageManifests(documents, delivery);
    found.readDocker();
    if (documents.containsKey("index.json")) {
      found.readIndex("index.json", "", 0);
    }
    return List.copyOf(found.images);
  }

  private void readDocker() throws LimitException {
    if (documents.containsKey("manifest.json")) {
      for (ImageJson image : parse("manifest.json").items()) {
        List<String> tags = image.get("RepoTags").items().stream().map(ImageJson::text).toList();
        List<String> layers = image.get("Layers").items().stream().map(ImageJson::text).toList();
        add("manifest.json", tags.isEmpty() ? "" : tags.getFirst(), layers);
      }
    }
  }

  private void readIndex(String path, String name, int depth) throws LimitException {
    if (depth > DEEPEST) {
      throw new LimitException("has indexes more than %d deep".formatted(DEEPEST));
    }
    ImageJson document = parse(path);
    for (ImageJson item : document.get("manifests").items()) {
      readManifest(item, name, depth);
    }
    if (document.get("layers").value() != null) {
      List<ImageJson> layers = document.get("layers").items();
      // What is attached to an image, such as its provenance, looks like one and has no layers.
      if (layers.stream().allMatch(layer -> isLayer(layer.get("mediaType").text()))) {
        add(path, name, layers.stream().map(layer -> blob(layer.get("digest").text())).toList());
      }
    }
  }

  private static boolean isLayer(String mediaType) {
    return mediaType.contains("tar") || mediaType.isEmpty();
  }

  private void readManifest(ImageJson item, String name, int depth) throws LimitException {
    String os = item.get("platform").get("os").text();
    String path = blob(item.get("digest").text());
    if (os.equals("windows")) {
      delivery.seen().problem(path, "is an image for Windows and was not read");
      return;
    }
    if (!visited.add(path)) {
      return;
    }
    if (!documents.containsKey(path)) {
      delivery.seen().problem(path, "is a manifest of the image and is not in the archive");
      return;
    }
    String tag = item.get("annotations").get("org.opencontainers.image.ref.name").text();
    String platform =
        os.isEmpty() ? "" : os + "-" + item.get("platform").get("architecture").text();
    readIndex(path, platform.isEmpty() ? (tag.isEmpty() ? name : tag) : platform, depth + 1);
  }

  private void add(String manifest, String name, List<String> layers) throws LimitException {
    if (layers.isEmpty() || layers.contains("")) {
      delivery.seen().problem(manifest, "does not say which layers the image has");
      return;
    }
    if (images.size() >= MOST_IMAGES || layers.size() > MOST_LAYERS) {
      throw new LimitException(
          "has more than %d images, or %d layers of one".formatted(MOST_IMAGES, MOST_LAYERS));
    }
    List<String> paths = layers.stream().map(layer -> EntryPath.of(layer, false).path()).toList();
    if (known.add(paths)) {
      images.add(new ImageManifest(name, paths));
    }
  }

  private static String blob(String digest) {
    return EntryPath.of("blobs/" + digest.replace(':', '/'), false).path();
  }

  private ImageJson parse(String path) {
    byte[] bytes = documents.get(path);
    try {
      return bytes == null ? new ImageJson(null) : ImageJson.parse(bytes);
    } catch (BrokenException e) {
      delivery.broken(path, e);
      return new ImageJson(null);
    }
  }
}
