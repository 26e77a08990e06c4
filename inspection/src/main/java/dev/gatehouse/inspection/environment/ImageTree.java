package dev.gatehouse.inspection.environment;

import dev.gatehouse.inspection.archive.ArchiveEntry;
import dev.gatehouse.inspection.archive.ImageIndex;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** The files of an image as it will run; only small ones that were kept can be opened. */
public final class ImageTree implements FileTree {
  private final ImageIndex index;
  private final String root;

  /**
   * One image of an archive.
   *
   * @param root its top in the index; the archive may hold several
   */
  public ImageTree(ImageIndex index, String root) {
    this.index = index;
    this.root = root;
  }

  /** A path of this image as the index has it. */
  public String inIndex(String path) {
    return root.isEmpty() ? path : path.isEmpty() ? root : root + "/" + path;
  }

  /** A path of the index as this image has it; empty where it belongs to another image. */
  public Optional<String> inImage(String path) {
    if (root.isEmpty()) {
      return Optional.of(path);
    }
    return path.startsWith(root + "/")
        ? Optional.of(path.substring(root.length() + 1))
        : Optional.empty();
  }

  @Override
  public Optional<TreeEntry> stat(String path) {
    return index.stat(inIndex(path)).map(node -> entry(path, node));
  }

  @Override
  public List<TreeEntry> list(String folder) {
    List<TreeEntry> entries = new ArrayList<>();
    for (String name : index.list(inIndex(folder))) {
      String path = folder.isEmpty() ? name : folder + "/" + name;
      stat(path).ifPresent(entries::add);
    }
    return entries;
  }

  @Override
  public SeekableByteChannel open(String path) throws IOException {
    byte[] content =
        index
            .content(inIndex(path))
            .orElseThrow(
                () -> new FileNotFoundException("is too large to be held, or not in the image"));
    return new SeekableInMemoryByteChannel(content);
  }

  private static TreeEntry entry(String path, ImageIndex.Node node) {
    TreeEntry.Type type =
        switch (node.type()) {
          case ArchiveEntry.Type.DIRECTORY -> TreeEntry.Type.FOLDER;
          case ArchiveEntry.Type.SYMBOLIC_LINK -> TreeEntry.Type.LINK;
          case ArchiveEntry.Type.FILE, ArchiveEntry.Type.HARD_LINK -> TreeEntry.Type.FILE;
        };
    return new TreeEntry(path, type, node.size(), node.mode(), node.linkTarget());
  }
}
