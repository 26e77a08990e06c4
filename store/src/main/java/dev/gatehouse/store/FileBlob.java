package dev.gatehouse.store;

import dev.gatehouse.packaging.artifact.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A blob that is a file of its own. */
record FileBlob(Sha256 sha256, long size, Path path) implements Blob {
  @Override
  public FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ);
  }
}
