package dev.gatehouse.inspection.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A container image in an archive: what {@code docker save} writes, or an OCI image layout, plain
 * or compressed as a whole. Its layers are gone through twice, in the archive's order and without
 * unpacking them anywhere: when it is opened, for the files that there are in the end, and for the
 * content of those that are wanted.
 */
public final class ImageArchive {
  private static final int MOST_KEPT = 8 * 1024 * 1024;

  private final SeekableByteChannel bytes;
  private final Budget budget;
  private final Predicate<String> kept;
  private final Delivery opening;
  private final Map<String, byte[]> documents = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Map<String, Integer> layers = new LinkedHashMap<>();
  private final Map<Integer, List<LayerEntry>> layerEntries = new HashMap<>();
  private final Map<Long, byte[]> contents = new HashMap<>();
  private long documentBytes;
  private long keptBytes;
  private boolean image;
  private ImageIndex index = new ImageIndex(new TreeMap<>(), Map.of(), List.of(""));

  private ImageArchive(SeekableByteChannel bytes, Budget budget, Predicate<String> kept) {
    this.bytes = bytes;
    this.budget = budget;
    this.kept = kept;
    this.opening = new Delivery("", budget, (entry, content) -> {});
  }

  /** Opens an image and keeps the content of each {@code pyvenv.cfg} and {@code ._pth} file. */
  public static ImageArchive open(SeekableByteChannel bytes, Budget budget) {
    return open(bytes, budget, path -> path.endsWith("/pyvenv.cfg") || path.endsWith("._pth"));
  }

  /**
   * Opens an image. Whatever is in it, this throws nothing: see {@link #opening}.
   *
   * @param bytes read from its first byte, now and by {@link #read}; left open
   * @param kept of which paths the index is to give the content; of up to 8 MiB each: the RECORD of
   *     torch has 1.5
   */
  public static ImageArchive open(
      SeekableByteChannel bytes, Budget budget, Predicate<String> kept) {
    ImageArchive archive = new ImageArchive(bytes, budget, kept);
    archive.guarded(archive.opening, archive::index0);
    return archive;
  }

  /** Whether the archive says that it is an image. */
  public boolean isImage() {
    return image;
  }

  /** The files of the image, or as many as could be found. */
  public ImageIndex index() {
    return index;
  }

  /** What was wrong, and what could not be read, when it was opened. */
  public ArchiveReading opening() {
    return opening.seen().reading();
  }

  /**
   * Reads files of the image, in the order in which they lie in the archive.
   *
   * @param wanted is asked for each path of a file of the index
   * @param reader receives those files; as in {@link Archives#read}
   * @return what was wrong now, and when it was opened
   */
  public ArchiveReading read(Predicate<String> wanted, EntryReader reader) {
    Delivery delivery = new Delivery("", budget, reader);
    Map<Long, List<String>> paths = new HashMap<>();
    index
        .nodes()
        .forEach(
            (path, node) -> {
              if (node.type() == ArchiveEntry.Type.FILE && wanted.test(path)) {
                paths.computeIfAbsent(node.origin(), origin -> new ArrayList<>()).add(path);
              }
            });
    if (!paths.isEmpty()) {
      guarded(delivery, () -> readWanted(paths, delivery));
    }
    ArchiveReading before = opening();
    ArchiveReading now = delivery.seen().reading();
    return new ArchiveReading(
        joined(before.findings(), now.findings()),
        joined(before.problems(), now.problems()),
        now.entries(),
        now.unpackedBytes());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all.stream().distinct().toList();
  }

  private interface Step {
    void run() throws IOException;
  }

  private void guarded(Delivery delivery, Step step) {
    try {
      budget.enter(bytes.size());
      try {
        step.run();
      } finally {
        budget.leave();
      }
    } catch (BrokenException e) {
      delivery.archiveBroken(e);
    } catch (LimitException e) {
      delivery.unread(delivery.seen().current(), e);
    } catch (IOException e) {
      delivery.seen().problem("", "could not be read: " + e.getMessage());
    }
  }

  private void index0() throws IOException {
    walk(this::readDocument);
    List<ImageManifest> manifests = ImageManifests.find(documents, opening);
    documents.clear();
    if (manifests.isEmpty()) {
      throw BrokenException.corrupt("is no image: it names no layers");
    }
    image = true;
    for (ImageManifest manifest : manifests) {
      for (String layer : manifest.layers()) {
        layers.putIfAbsent(target(layer), layers.size());
      }
    }
    walk(this::readLayer);
    index = merged(manifests);
  }

  /** Receives each entry of the archive. */
  private interface Visitor {
    void visit(String path, TarEntry entry, InputStream data) throws IOException;
  }

  private void walk(Visitor visitor) throws IOException {
    ChannelBytes archive = new ChannelBytes(bytes);
    byte[] head = archive.bytes((int) Math.min(512, archive.size()));
    archive.seek(0);
    ArchiveFormat format = ArchiveFormat.sniff(head).orElse(ArchiveFormat.TAR);
    try (Unpacked in = Unpacked.of(format, archive, budget)) {
      TarReader tar = new TarReader(in);
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        visitor.visit(EntryPath.ofImage(entry.name()), entry, tar.data());
      }
    }
  }

  private void readDocument(String path, TarEntry entry, InputStream data) throws IOException {
    budget.entry();
    if (entry.doubt() != null) {
      opening.add(ArchiveRules.AMBIGUOUS, path, entry.doubt());
    }
    if (entry.isSymbolicLink()) {
      int slash = path.lastIndexOf('/');
      links.put(path, path.substring(0, slash + 1) + entry.linkName());
    } else if (entry.isHardLink()) {
      links.put(path, entry.linkName());
    }
    boolean named = path.equals("manifest.json") || path.equals("index.json");
    if (!entry.isFile() || !(named || path.startsWith("blobs/"))) {
      return;
    }
    if (entry.size() > ImageJson.MOST_BYTES) {
      if (named) {
        throw new LimitException("has a manifest that is too large");
      }
      return;
    }
    byte[] head = data.readNBytes(1);
    if (!named && (head.length == 0 || head[0] != '{')) {
      return;
    }
    documentBytes += entry.size();
    if (documentBytes > budget.limits().bufferedBytes()) {
      throw new LimitException("has too many manifests");
    }
    byte[] rest = data.readAllBytes();
    byte[] document = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, document, head.length, rest.length);
    if (documents.put(path, document) != null) {
      opening.add(ArchiveRules.DUPLICATE, path, "is the second one for this path");
    }
  }

  /**
   * What a path of the archive leads to: older versions of Docker link layers that are the same.
   */
  private String target(String path) {
    String at = path;
    for (int hops = 0; hops < 8; hops++) {
      String target = links.get(at);
      if (target == null) {
        return at;
      }
      at = EntryPath.ofImage(target);
    }
    return at;
  }

  private void readLayer(String path, TarEntry outer, InputStream data) throws IOException {
    Integer layer = layers.get(path);
    if (layer == null || !outer.isFile()) {
      return;
    }
    List<LayerEntry> entries = new ArrayList<>();
    if (layerEntries.put(layer, entries) != null) {
      opening.add(ArchiveRules.DUPLICATE, path, "is the second one for this path");
    }
    inLayer(
        opening,
        path,
        outer,
        data,
        (ordinal, entry, tar) -> {
          opening.begin(EntryPath.ofImage(entry.name()));
          LayerEntry made = layerEntry(layer, ordinal, entry);
          entries.add(made);
          keep(made, tar);
        });
  }

  private LayerEntry layerEntry(int layer, int ordinal, TarEntry entry) {
    String path = EntryPath.ofImage(entry.name());
    if (List.of(entry.name().split("/", -1)).contains("..")) {
      opening.add(ArchiveRules.PATH, path, "has a name that leads out of a folder by \"..\"");
    }
    if (entry.doubt() != null) {
      opening.add(ArchiveRules.AMBIGUOUS, path, entry.doubt());
    }
    return new LayerEntry(path, entry, (long) layer << 32 | ordinal);
  }

  private void keep(LayerEntry entry, TarReader tar) throws IOException {
    if (!entry.entry().isFile()
        || entry.entry().size() > MOST_KEPT
        || entry.entry().sparse()
        || !kept.test(entry.path())) {
      return;
    }
    keptBytes += entry.entry().size();
    if (keptBytes > budget.limits().bufferedBytes()) {
      throw new LimitException("has too many small files to keep");
    }
    contents.put(entry.origin(), tar.data().readAllBytes());
  }

  /** Receives each entry of a layer. */
  private interface LayerVisitor {
    void visit(int ordinal, TarEntry entry, TarReader tar) throws IOException;
  }

  private void inLayer(
      Delivery delivery, String path, TarEntry outer, InputStream data, LayerVisitor visitor)
      throws IOException {
    ChannelBytes layer = new ChannelBytes(data, outer.size());
    try (Unpacked in = Unpacked.ofLayer(layer, budget)) {
      TarReader tar = new TarReader(in);
      int ordinal = 0;
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        visitor.visit(ordinal, entry, tar);
        ordinal++;
      }
    } catch (BrokenException e) {
      delivery.broken(path, e);
    }
  }

  private ImageIndex merged(List<ImageManifest> manifests) {
    NavigableMap<String, ImageIndex.Node> nodes = new TreeMap<>();
    List<String> roots = new ArrayList<>();
    Set<String> missing = new HashSet<>();
    for (ImageManifest manifest : manifests) {
      String root = manifests.size() == 1 ? "" : rootName(manifest.name(), roots);
      roots.add(root);
      ImageIndex.Builder builder = new ImageIndex.Builder(root);
      for (String layer : manifest.layers()) {
        @Nullable List<LayerEntry> entries = layerEntries.get(layers.get(target(layer)));
        if (entries != null) {
          builder.add(entries);
        } else if (missing.add(layer)) {
          opening.seen().problem(layer, "is a layer of the image and is not in the archive");
        }
      }
      nodes.putAll(builder.nodes());
    }
    layerEntries.clear();
    return new ImageIndex(nodes, contents, roots);
  }

  private static String rootName(String name, List<String> taken) {
    StringBuilder root = new StringBuilder();
    for (int i = 0; i < name.length() && i < 60; i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
      root.append(plain && (c != '.' || i > 0) ? c : '-');
    }
    String base = root.isEmpty() ? "image" : root.toString();
    String unique = base;
    for (int i = 2; taken.contains(unique); i++) {
      unique = base + "-" + i;
    }
    return unique;
  }

  private void readWanted(Map<Long, List<String>> paths, Delivery delivery) throws IOException {
    Set<Integer> wantedLayers = new HashSet<>();
    paths.keySet().forEach(origin -> wantedLayers.add((int) (origin >> 32)));
    walk(
        (path, outer, data) -> {
          Integer layer = layers.get(path);
          if (layer == null || !outer.isFile() || !wantedLayers.contains(layer)) {
            return;
          }
          inLayer(
              delivery,
              path,
              outer,
              data,
              (ordinal, entry, tar) -> {
                List<String> names = paths.get((long) layer << 32 | ordinal);
                if (names != null) {
                  deliver(names, entry, tar, delivery);
                }
              });
        });
  }

  private void deliver(List<String> names, TarEntry entry, TarReader tar, Delivery delivery)
      throws IOException {
    boolean tooLarge = names.size() > 1 && entry.size() > budget.limits().bufferedBytes();
    if (entry.sparse() || tooLarge) {
      String reason =
          tooLarge ? "is too large to be read under several names" : "is sparse and was not read";
      names.forEach(name -> delivery.seen().problem(name, reason));
      return;
    }
    if (names.size() == 1) {
      deliver(names.getFirst(), entry, tar.data(), delivery);
      return;
    }
    byte[] content = tar.data().readAllBytes();
    for (String name : names) {
      deliver(name, entry, new ByteArrayInputStream(content), delivery);
    }
  }

  private static void deliver(String path, TarEntry entry, InputStream data, Delivery delivery)
      throws IOException {
    delivery.seen().entry(path);
    delivery.deliver(
        path,
        ArchiveEntry.Type.FILE,
        entry.size(),
        (entry.mode() & 0100) != 0,
        null,
        new TarContent(data, delivery.seen(), delivery.scratch()));
  }
}
